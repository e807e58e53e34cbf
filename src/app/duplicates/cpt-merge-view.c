/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The merge assistant.
 *
 *   reading --> choosing --Merge--> storing --> gone
 *                  ^                   |
 *                  +---- refused ------+
 *
 * The merge belongs to the page while somebody chooses, and to the writing
 * thread while it is stored. When a record changes meanwhile, whoever changed
 * it, all are read again and the choices that were made by hand are made once
 * more; keeping another record and leaving one out work the same way.
 */

#include "config.h"

#include "cpt-merge-view.h"

#include <glib/gi18n.h>

#include "cpt-error.h"
#include "cpt-merge-choices.h"
#include "cpt-money.h"

#define MAX_WIDTH 1400

struct _CptMergeView
{
  CptView parent_instance;

  CptSchema *schema;
  const CptEntity *entity;   /* lives as long as schema */
  GArray *ids;               /* of CptUuid, in the order of the columns */
  guint kept;                /* position in ids */
  GHashTable *choices;       /* field name -> position in ids as a pointer, or CPT_MERGE_UNITED: made by hand */
  CptMergeData *data;        /* (nullable) */
  GCancellable *cancellable; /* of the reading under way */
  gboolean is_storing;
  gboolean is_done;
  gboolean is_changed; /* a record became another while the person looked at it */

  /* Borrowed from the child */
  GtkWidget *stack;
  GtkWidget *message;
  GtkWidget *notice;
  GtkWidget *links;
  GtkWidget *table;
  GtkWidget *merge;
};

G_DEFINE_FINAL_TYPE (CptMergeView, cpt_merge_view, CPT_TYPE_VIEW)

/* What is read, and what was asked for */
typedef struct
{
  char *entity;
  CptUuid *ids; /* the kept one first */
  guint n_ids;
} ReadData;

/* Position in the merge of what is in a column, and back */
static guint
get_source (CptMergeView *self,
            guint         column)
{
  if (column == self->kept)
    return 0;

  return column < self->kept ? column + 1 : column;
}

static guint
get_column (CptMergeView *self,
            guint         source)
{
  if (source == 0)
    return self->kept;

  return source <= self->kept ? source - 1 : source;
}

static void
show_notice (CptMergeView *self,
             const char   *text)
{
  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->notice), text);
  gtk_widget_set_visible (self->notice, text != NULL);
}

/* Reading */

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->entity);
  g_free (data->ids);
  g_free (data);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;

  return cpt_merge_data_read (database, data->entity, data->ids, data->n_ids, error);
}

/* What was chosen by hand before is chosen again; what can't be any more is
 * what the store proposes. */
static void
apply_choices (CptMergeView *self)
{
  const CptEntity *entity = cpt_record_get_entity (cpt_merge_get_record (self->data->merge, 0));
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const CptField *field = cpt_entity_find_field (entity, name);
      guint column = GPOINTER_TO_UINT (value);
      guint source = column == CPT_MERGE_UNITED ? CPT_MERGE_UNITED : get_source (self, column);

      if (field == NULL || !cpt_merge_choose (self->data->merge, field, source, NULL))
        g_hash_table_iter_remove (&iter);
    }
}

static void
show_links (CptMergeView *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gulong n_links = (gulong) self->data->n_links;
  g_autofree char *number = cpt_decimal_format_local ((gint64) self->data->n_links, 0, 0);

  if (n_links > 0)
    g_string_append_printf (text,
                            ngettext ("%s link will lead to the record that is kept:",
                                      "%s links will lead to the record that is kept:", n_links),
                            number);
  for (guint i = 0; i < self->data->links->len; i++)
    {
      const CptMergeLinks *links = g_ptr_array_index (self->data->links, i);
      g_autofree char *count = cpt_decimal_format_local ((gint64) links->count, 0, 0);

      g_string_append (text, i > 0 ? ", " : " ");
      /* Translators: a kind of records and how many of them: "Deals: 3" */
      g_string_append_printf (text, C_("merge", "%s: %s"), links->label, count);
    }
  if (self->data->n_links == 0)
    g_string_append (text, _("No other record links to those that go."));
  gtk_label_set_label (GTK_LABEL (self->links), text->str);
}

static void
show_data (CptMergeView *self)
{
  g_autofree guint *order = g_new0 (guint, self->ids->len);

  for (guint i = 0; i < self->ids->len; i++)
    order[i] = get_source (self, i);
  cpt_merge_choices_show (CPT_MERGE_CHOICES (self->table), self->data, order, cpt_view_is_narrow (CPT_VIEW (self)));
}

static void
show_failure (CptMergeView *self,
              const GError *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (ADW_STATUS_PAGE (self->message), description);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->message);
  gtk_widget_set_sensitive (self->merge, FALSE);
}

static void
update_title (CptMergeView *self)
{
  g_autofree char *title = NULL;

  /* Translators: title of a page; %u is more than one, %s a kind of records: "Merge 2 Contacts" */
  title = g_strdup_printf (_("Merge %u %s"), self->ids->len, cpt_entity_get_label_plural (self->entity));
  cpt_view_set_title (CPT_VIEW (self), title);
}

static void
records_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptMergeView) self = CPT_MERGE_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptMergeData) data = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->is_storing || self->is_done)
    return;

  cpt_merge_choices_show (CPT_MERGE_CHOICES (self->table), NULL, NULL, FALSE);
  g_clear_pointer (&self->data, cpt_merge_data_free);
  if (data == NULL)
    {
      show_failure (self, error);
      return;
    }

  self->data = g_steal_pointer (&data);
  apply_choices (self);
  show_links (self);
  show_data (self);
  if (self->is_changed)
    show_notice (self, _("A record was changed in the meantime. This is how it is now: check the choices again."));
  self->is_changed = FALSE;
  gtk_widget_set_sensitive (self->merge, TRUE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "choices");
}

static void
read_records (CptMergeView *self)
{
  ReadData *data = g_new0 (ReadData, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  data->entity = g_strdup (self->entity->name);
  data->n_ids = self->ids->len;
  data->ids = g_new0 (CptUuid, data->n_ids);
  for (guint i = 0; i < data->n_ids; i++)
    data->ids[i] = g_array_index (self->ids, CptUuid, get_column (self, i));
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        (GDestroyNotify) cpt_merge_data_free, self->cancellable, records_read_cb, g_object_ref (self));
}

/* Choosing */

static void
chosen_cb (CptMergeView   *self,
           const CptField *field,
           guint           source)
{
  g_autoptr(GError) error = NULL;

  if (self->data == NULL || self->data->merge == NULL)
    return;

  if (!cpt_merge_choose (self->data->merge, field, source, &error))
    {
      cpt_merge_choices_set_problem (CPT_MERGE_CHOICES (self->table), field, error->message);
      return;
    }

  g_hash_table_insert (self->choices, g_strdup (field->name),
                       GUINT_TO_POINTER (source == CPT_MERGE_UNITED ? CPT_MERGE_UNITED : get_column (self, source)));
}

static void
kept_cb (CptMergeView *self,
         guint         source)
{
  self->kept = get_column (self, source);
  read_records (self);
}

static void
left_out_cb (CptMergeView *self,
             guint         source)
{
  guint column = get_column (self, source);
  GHashTableIter iter;
  gpointer value;

  g_array_remove_index (self->ids, column);
  if (self->kept >= column && self->kept > 0)
    self->kept--;

  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      guint chosen = GPOINTER_TO_UINT (value);

      if (chosen == column)
        g_hash_table_iter_remove (&iter);
      else if (chosen != CPT_MERGE_UNITED && chosen > column)
        g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (chosen - 1));
    }
  update_title (self);
  read_records (self);
}

/* Storing */

typedef struct
{
  CptMerge *merge;
  char *toast; /* what is told when it is done */
  CptCommit commit;
  GPtrArray *problems; /* (nullable) */
  GError *error;       /* (nullable): with the merge, a result */
} Storing;

static void
storing_free (gpointer pointer)
{
  Storing *storing = pointer;

  g_clear_pointer (&storing->merge, cpt_merge_free);
  g_free (storing->toast);
  g_clear_pointer (&storing->problems, g_ptr_array_unref);
  g_clear_error (&storing->error);
  g_free (storing);
}

static gpointer
store_in_worker (CptDatabase   *database,
                 gpointer       user_data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Storing *storing = user_data;

  cpt_merge_commit (storing->merge, database, &storing->commit, NULL, &storing->problems, &storing->error);

  return storing;
}

/* Beside the field that it is about, or above all. What is to be decided is
 * here again, unless it was changed meanwhile, which is read anew. */
static void
show_refusal (CptMergeView *self,
              Storing      *storing,
              const GError *error)
{
  gboolean is_shown = FALSE;

  gtk_widget_set_sensitive (self->table, TRUE);
  if (storing == NULL || g_error_matches (error, CPT_ERROR, CPT_ERROR_CONFLICT))
    {
      show_notice (self, error->message);
      read_records (self);
      return;
    }

  self->data->merge = g_steal_pointer (&storing->merge);
  gtk_widget_set_sensitive (self->merge, TRUE);
  for (guint i = 0; storing->problems != NULL && i < storing->problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (storing->problems, i);

      if (problem->entity != NULL && g_str_equal (problem->entity->name, self->entity->name))
        is_shown |= cpt_merge_choices_set_problem (CPT_MERGE_CHOICES (self->table), problem->field, problem->message);
    }
  if (!is_shown)
    show_notice (self, error->message);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptMergeView) self = CPT_MERGE_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  Storing *storing = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  self->is_storing = FALSE;
  /* The page or the workspace may have been left meanwhile. */
  if (window == NULL || cpt_window_get_store (window) != CPT_STORE (source))
    return;

  if (storing == NULL || storing->error != NULL)
    {
      if (self->data == NULL)
        cpt_window_show_error (window, storing != NULL ? storing->error : error);
      else
        show_refusal (self, storing, storing != NULL ? storing->error : error);
      return;
    }

  self->is_done = TRUE;
  cpt_window_show_undo_toast (window, storing->toast, storing->commit.sequence);
  if (self->data != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    cpt_window_back (window);
}

static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptMergeView *self = CPT_MERGE_VIEW (widget);
  guint n_others = self->ids->len - 1;
  Storing *storing;

  if (self->data == NULL || self->data->merge == NULL || self->is_storing)
    return;

  self->is_storing = TRUE;
  show_notice (self, NULL);
  gtk_widget_set_sensitive (self->merge, FALSE);
  gtk_widget_set_sensitive (self->table, FALSE);
  storing = g_new0 (Storing, 1);
  /* Translators: a toast; %s is the record that was kept: "2 records merged into “Jean Martin”" */
  storing->toast = g_strdup_printf (ngettext ("%u record merged into “%s”", "%u records merged into “%s”", n_others), n_others,
                                    self->data->titles[0]);
  storing->merge = g_steal_pointer (&self->data->merge);
  cpt_store_write_async (cpt_view_get_store (CPT_VIEW (self)), store_in_worker, storing, storing_free, NULL, NULL, stored_cb,
                         g_object_ref (self));
}

/* Others change things meanwhile */

static gboolean
is_one (CptMergeView  *self,
        const CptUuid *id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (cpt_uuid_equal (&g_array_index (self->ids, CptUuid, i), id))
      return TRUE;

  return FALSE;
}

/* Whether records of @entity may link to those that are merged */
static gboolean
links_here (CptMergeView    *self,
            const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (g_strcmp0 (entity->fields[i]->target, self->entity->name) == 0)
      return TRUE;

  return FALSE;
}

static void
cpt_merge_view_changed (CptView      *view,
                        CptChangeSet *set)
{
  CptMergeView *self = CPT_MERGE_VIEW (view);
  gboolean concerns = cpt_change_set_is_truncated (set);
  guint length;
  const CptRowChange *rows = cpt_change_set_get_rows (set, &length);

  if (self->is_storing || self->is_done)
    return;

  for (guint i = 0; i < length; i++)
    {
      self->is_changed |= is_one (self, &rows[i].id);
      concerns |= self->is_changed || links_here (self, rows[i].entity);
    }
  if (concerns)
    read_records (self);
}

/* Building */

static void
narrow_changed_cb (CptMergeView *self)
{
  if (self->data != NULL && self->data->merge != NULL)
    show_data (self);
}

static GtkWidget *
create_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
create_page (CptMergeView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *hint = create_label ("body");

  gtk_label_set_label (GTK_LABEL (hint), _("Choose which record is kept, and which value for each field. "
                                           "The others go to the trash; this can be undone at any time."));
  self->notice = create_label ("banner");
  gtk_widget_set_visible (self->notice, FALSE);
  self->links = create_label ("dim-label");
  self->table = cpt_merge_choices_new ();
  g_signal_connect_object (self->table, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "left-out", G_CALLBACK (left_out_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "record");
  gtk_box_append (GTK_BOX (box), self->notice);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), self->links);
  gtk_box_append (GTK_BOX (box), self->table);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static void
build (CptMergeView *self)
{
  self->merge = gtk_button_new_with_mnemonic (_("_Merge"));
  gtk_widget_add_css_class (self->merge, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->merge), "merge.merge");
  gtk_widget_set_sensitive (self->merge, FALSE);
  cpt_view_pack_end (CPT_VIEW (self), self->merge);

  self->message = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->message), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->message), _("These records can’t be merged"));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), create_page (self), "choices");
  gtk_stack_add_named (GTK_STACK (self->stack), self->message, "message");
  cpt_view_set_child (CPT_VIEW (self), self->stack);
}

static void
cpt_merge_view_dispose (GObject *object)
{
  CptMergeView *self = CPT_MERGE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->data != NULL)
    cpt_merge_choices_show (CPT_MERGE_CHOICES (self->table), NULL, NULL, FALSE);
  g_clear_pointer (&self->data, cpt_merge_data_free);

  G_OBJECT_CLASS (cpt_merge_view_parent_class)->dispose (object);
}

static void
cpt_merge_view_finalize (GObject *object)
{
  CptMergeView *self = CPT_MERGE_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_merge_view_parent_class)->finalize (object);
}

static void
cpt_merge_view_class_init (CptMergeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpt_merge_view_dispose;
  object_class->finalize = cpt_merge_view_finalize;
  CPT_VIEW_CLASS (klass)->changed = cpt_merge_view_changed;

  gtk_widget_class_install_action (widget_class, "merge.merge", NULL, merge_action);
}

static void
cpt_merge_view_init (CptMergeView *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_changed_cb), NULL);
}

CptView *
cpt_merge_view_new (CptWindow       *window,
                    const CptEntity *entity,
                    const CptUuid   *ids,
                    guint            n_ids)
{
  CptMergeView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (entity != NULL && ids != NULL && n_ids > 0, NULL);

  self = g_object_new (CPT_TYPE_MERGE_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entity = cpt_schema_find_entity (self->schema, entity->name);
  g_array_append_vals (self->ids, ids, n_ids);
  build (self);
  update_title (self);
  read_records (self);

  return CPT_VIEW (self);
}
