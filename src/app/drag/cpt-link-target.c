/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are dropped on another one are linked with it.
 *
 * What the records are called and which identifiers they have is read when they
 * have been dropped; the change is one transaction, with a toast that takes it
 * back. A record that held another link holds the new one then. */
#include "config.h"
#include "cpt-link-target.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-link-options.h"

/* One transaction; more are changed by a bulk edit */
#define MAX_RECORDS 1000

/* One way to link, chosen */
typedef struct
{
  CptWindow *window;       /* (owned) */
  CptDragged *dragged;     /* (owned) */
  const CptEntity *entity; /* of the target */
  gint64 row;              /* likewise */
  CptLinkOption option;
} Linking;

static void
linking_free (Linking *self)
{
  g_object_unref (self->window);
  cpt_dragged_unref (self->dragged);
  g_free (self);
}

static Linking *
linking_new (const CptLinkTarget *target,
             CptDragged          *dragged,
             const CptLinkOption *option)
{
  Linking *self = g_new0 (Linking, 1);

  self->window = g_object_ref (target->window);
  self->dragged = cpt_dragged_ref (dragged);
  self->entity = target->entity;
  self->row = target->row;
  self->option = *option;

  return self;
}

/* Reading, on a worker */

typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *dragged;
  const CptEntity *target;
  GArray *rows; /* (owned) (element-type gint64): the last one is the target's */
  CptLinkOption option;
} Job;

typedef struct
{
  GArray *ids;        /* (element-type CptUuid): the last one is the target's */
  char *title;        /* of the first that was dragged */
  char *target;       /* title */
  gboolean is_linked; /* all of them, already */
} Found;

static void
job_free (gpointer data)
{
  Job *self = data;

  cpt_schema_unref (self->schema);
  g_array_unref (self->rows);
  g_free (self);
}

static void
found_free (gpointer data)
{
  Found *self = data;

  g_array_unref (self->ids);
  g_free (self->title);
  g_free (self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static gboolean
holds (const CptRecord *record,
       const CptField  *field,
       const CptUuid   *id)
{
  const CptValue *value = cpt_record_get (record, field);

  return value->type == CPT_VALUE_ID ? cpt_uuid_equal (&value->id, id) : cpt_value_has_id (value, id);
}

static gpointer
read_records (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Job *job = data;
  guint n_dragged = job->rows->len - 1;
  g_autoptr(CptRecord) target =
    cpt_database_load_row (database, job->target, g_array_index (job->rows, gint64, n_dragged), error);
  g_autoptr(Found) found = NULL;

  if (target == NULL)
    return NULL;

  found = g_new0 (Found, 1);
  found->ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  found->target = cpt_record_dup_title (target);
  found->is_linked = TRUE;
  for (guint i = 0; i < n_dragged; i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (database, job->dragged, g_array_index (job->rows, gint64, i), error);

      if (record == NULL)
        return NULL;
      if (i == 0)
        found->title = cpt_record_dup_title (record);
      g_array_append_val (found->ids, record->id);
      found->is_linked = found->is_linked && (job->option.is_ours ? holds (record, job->option.field, &target->id)
                                                                  : holds (target, job->option.field, &record->id));
    }
  g_array_append_val (found->ids, target->id);

  return g_steal_pointer (&found);
}

/* Linking */

static void
set_link (CptTransaction      *transaction,
          const CptLinkOption *option,
          const CptUuid       *holder,
          const CptUuid       *ids,
          guint                n_ids)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (option->field->kind == CPT_FIELD_LINKS)
    {
      cpt_value_set_ids (&value, ids, n_ids);
      cpt_transaction_add_members (transaction, option->entity, holder, option->field, &value);
    }
  else
    {
      cpt_value_set_id (&value, ids);
      cpt_transaction_set (transaction, option->entity, holder, option->field, &value);
    }
}

static void
commit (Linking     *linking,
        const Found *found)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  guint n_dragged = found->ids->len - 1;
  const CptUuid *ids = (const CptUuid *) (gpointer) found->ids->data;
  g_autofree char *toast = NULL;

  if (linking->option.is_ours)
    for (guint i = 0; i < n_dragged; i++)
      set_link (transaction, &linking->option, &ids[i], &ids[n_dragged], 1);
  else
    set_link (transaction, &linking->option, &ids[n_dragged], ids, n_dragged);

  if (n_dragged == 1)
    /* Translators: a toast; both are titles of records */
    toast = g_strdup_printf (_("“%s” linked with “%s”"), found->title, found->target);
  else
    /* Translators: a toast; %s is the title of a record */
    toast = g_strdup_printf (ngettext ("%u record linked with “%s”", "%u records linked with “%s”", n_dragged), n_dragged,
                             found->target);
  cpt_window_commit (linking->window, transaction, toast, NULL, NULL, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Linking *linking = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Found) found = cpt_store_finish (CPT_STORE (source), result, &error);

  gboolean is_open = cpt_window_get_store (linking->window) == CPT_STORE (source);

  if (found == NULL)
    cpt_window_show_error (linking->window, error);
  else if (is_open && found->is_linked)
    cpt_window_show_toast (linking->window, _("They are linked already"));
  else if (is_open)
    commit (linking, found);
  linking_free (linking);
}

/* Takes @linking */
static void
start (Linking *linking)
{
  CptDragged *dragged = linking->dragged;
  Job *job = g_new0 (Job, 1);

  job->schema = cpt_schema_ref (dragged->schema);
  job->dragged = dragged->entity;
  job->target = linking->entity;
  job->rows = g_array_copy (dragged->rows);
  job->option = linking->option;
  g_array_append_val (job->rows, linking->row);
  cpt_store_read_async (dragged->store, G_PRIORITY_HIGH, read_records, job, job_free, found_free, NULL, read_cb, linking);
}

/* Asking */

static void
linking_closure_free (gpointer  data,
                      GClosure *closure)
{
  linking_free (data);
}

static void
chosen_cb (GtkWidget *button,
           Linking   *linking)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);
  CptLinkTarget target = { .window = linking->window, .entity = linking->entity, .row = linking->row };

  start (linking_new (&target, linking->dragged, &linking->option));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

/* Not while it tells that it is closed: GTK still uses it then */
static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
create_choice (const CptLinkTarget *self,
               CptDragged          *dragged,
               const CptLinkOption *option)
{
  g_autofree char *text = cpt_link_option_dup_label (option);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  g_signal_connect_data (button, "clicked", G_CALLBACK (chosen_cb), linking_new (self, dragged, option), linking_closure_free, 0);

  return button;
}

static void
ask (const CptLinkTarget *self,
     CptDragged          *dragged,
     GArray              *options)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (_("Which Link?"));
  /* What is dropped on may be made anew while it is open */
  GtkWidget *parent = gtk_widget_get_ancestor (self->widget, CPT_TYPE_VIEW);
  GdkRectangle area = self->area;
  double x, y;

  gtk_widget_translate_coordinates (self->widget, parent, area.x, area.y, &x, &y);
  area.x = (int) x;
  area.y = (int) y;

  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < options->len; i++)
    gtk_box_append (GTK_BOX (box), create_choice (self, dragged, &g_array_index (options, CptLinkOption, i)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which Link?"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &area);
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_widget_unparent), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static GArray *
list_options (const CptLinkTarget *self,
              const CptDragged    *dragged)
{
  GArray *options = cpt_link_options_list (dragged->entity, dragged->rows->len, self->entity);

  for (guint i = options->len; self->field != NULL && i > 0; i--)
    if (g_array_index (options, CptLinkOption, i - 1).field != self->field)
      g_array_remove_index (options, i - 1);

  return options;
}

gboolean
cpt_link_target_takes (const CptLinkTarget *self,
                       const CptDragged    *dragged)
{
  g_autoptr(GArray) options = NULL;

  if (dragged == NULL || dragged->store != cpt_window_get_store (self->window) || cpt_store_is_read_only (dragged->store) ||
      dragged->schema != cpt_window_get_schema (self->window) || cpt_dragged_has (dragged, self->entity, self->row))
    return FALSE;

  options = list_options (self, dragged);

  return options->len > 0;
}

void
cpt_link_target_drop (const CptLinkTarget *self,
                      CptDragged          *dragged)
{
  g_autoptr(GArray) options = NULL;

  if (!cpt_link_target_takes (self, dragged))
    return;
  if (dragged->rows->len > MAX_RECORDS)
    {
      cpt_window_show_toast (self->window, _("These are too many to be linked at once. Select them and choose Edit."));
      return;
    }

  options = list_options (self, dragged);
  if (options->len > 1)
    ask (self, dragged, options);
  else
    start (linking_new (self, dragged, &g_array_index (options, CptLinkOption, 0)));
}

GtkDropTarget *
cpt_link_target_add (GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (CPT_TYPE_DRAGGED, GDK_ACTION_LINK);

  gtk_drop_target_set_preload (target, TRUE);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));

  return target;
}

CptDragged *
cpt_link_target_get_dragged (GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);

  return value != NULL && G_VALUE_HOLDS (value, CPT_TYPE_DRAGGED) ? g_value_get_boxed (value) : NULL;
}
