/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What columns ask of a card: read while it is dragged, said above the columns
 * that it can't go to yet, and asked for when it is dropped there. */

#include "config.h"

#include "cpt-board-exit.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-field-editor.h"
#include "cpt-stage-exit.h"

const CptField *
cpt_board_exit_get_field (const CptBoardSpec *spec)
{
  const CptField *const fields[] = { spec->columns, spec->lanes };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i] != NULL && cpt_stage_exit_applies (spec->entity, fields[i]))
      return fields[i];

  return NULL;
}

/* Reading */

typedef struct
{
  CptBoardSpec *spec;
  CptUuid card;
  char **keys;
} ExitJob;

static void
exit_job_free (ExitJob *job)
{
  cpt_board_spec_free (job->spec);
  g_strfreev (job->keys);
  g_free (job);
}

static char **
dup_names (GPtrArray *fields)
{
  char **names = g_new0 (char *, fields->len + 1);

  for (guint i = 0; i < fields->len; i++)
    names[i] = g_strdup (((const CptField *) g_ptr_array_index (fields, i))->name);

  return names;
}

static gpointer
read_exits (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const ExitJob *job = data;
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *stages = cpt_schema_get_target (schema, cpt_board_exit_get_field (job->spec));
  g_autoptr(CptRecord) card = cpt_database_load (database, job->spec->entity, &job->card, error);
  g_autoptr(GHashTable) exits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  const CptValue *from;

  if (card == NULL)
    return NULL;

  from = cpt_record_get (card, cpt_board_exit_get_field (job->spec));
  for (guint i = 0; from->type == CPT_VALUE_ID && job->keys[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) missing = NULL;
      g_autoptr(CptRecord) stage = NULL;
      g_autoptr(GError) own_error = NULL;
      CptUuid to;

      if (!cpt_uuid_parse (job->keys[i], &to))
        continue;
      stage = cpt_database_load (database, stages, &to, &own_error);
      if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        continue;
      missing = stage != NULL ? cpt_stage_exit_find_missing (database, card, &from->id, stage, &own_error) : NULL;
      if (missing == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return NULL;
        }
      if (missing->len > 0)
        g_hash_table_insert (exits, g_strdup (job->keys[i]), dup_names (missing));
    }

  return g_steal_pointer (&exits);
}

void
cpt_board_exit_read_async (CptStore            *store,
                           const CptBoardSpec  *spec,
                           const CptUuid       *card,
                           const char *const   *keys,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  ExitJob *job = g_new0 (ExitJob, 1);

  job->spec = cpt_board_spec_copy (spec);
  job->card = *card;
  job->keys = g_strdupv ((char **) keys);
  cpt_store_read_async (store, G_PRIORITY_HIGH, read_exits, job, (GDestroyNotify) exit_job_free,
                        (GDestroyNotify) g_hash_table_unref, cancellable, callback, user_data);
}

GHashTable *
cpt_board_exit_read_finish (CptStore      *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  return cpt_store_finish (store, result, error);
}

char *
cpt_board_exit_dup_note (const CptBoardSpec *spec,
                         const char *const  *fields)
{
  g_autoptr(GString) labels = g_string_new (NULL);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const CptField *field = cpt_entity_find_field (spec->entity, fields[i]);

      if (field != NULL)
        g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", cpt_field_get_label (field));
    }

  /* Translators: above a column of a board while a card is dragged; %s are fields: "Amount, Next step" */
  return g_strdup_printf (_("First fill in: %s"), labels->str);
}

/* Asking */

struct _CptBoardExitDialog
{
  AdwWindow parent_instance;

  CptWindow *window;           /* borrowed: it is above this one */
  CptBoardSpec *spec;          /* (owned) */
  CptUuid card;                /* which is moved */
  CptTransaction *transaction; /* (owned): what moves it; each try commits a copy */
  char *toast;
  GPtrArray *editors; /* (element-type CptFieldEditor) */
};

G_DEFINE_FINAL_TYPE (CptBoardExitDialog, cpt_board_exit_dialog, ADW_TYPE_WINDOW)

/* Whether all of them have a value now; says it beside those that don't */
static gboolean
has_all (CptBoardExitDialog *self)
{
  gboolean has = TRUE;

  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (!cpt_field_editor_flush (editor))
        {
          has = FALSE;
          continue;
        }
      if (!cpt_value_is_null (cpt_field_editor_get_value (editor)))
        continue;
      cpt_field_editor_set_error (editor, _("This can’t be empty."));
      has = FALSE;
    }

  return has;
}

static CptFieldEditor *
find_editor (CptBoardExitDialog *self,
             const CptProblem   *problem)
{
  for (guint i = 0; problem->field != NULL && i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (g_str_equal (cpt_field_editor_get_field (editor)->name, problem->field->name))
        return editor;
    }

  return NULL;
}

/* What was typed stays until it is stored. */
static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptBoardExitDialog) self = user_data;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  guint n_placed = 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exit.move", TRUE);
  if (cpt_window_commit_finish (CPT_WINDOW (source), result, &problems, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      CptFieldEditor *editor = find_editor (self, problem);

      if (editor == NULL)
        continue;
      cpt_field_editor_set_error (editor, problem->message);
      n_placed++;
    }
  if (n_placed == 0)
    cpt_window_show_error (CPT_WINDOW (source), error);
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptBoardExitDialog *self = CPT_BOARD_EXIT_DIALOG (widget);
  CptTransaction *transaction;

  if (!has_all (self))
    return;

  transaction = cpt_transaction_copy (self->transaction);
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      cpt_transaction_set (transaction, self->spec->entity, &self->card, cpt_field_editor_get_field (editor),
                           cpt_field_editor_get_value (editor));
    }
  gtk_widget_action_set_enabled (widget, "exit.move", FALSE);
  cpt_window_commit (self->window, transaction, self->toast, NULL, moved_cb, g_object_ref (self));
}

static void
cpt_board_exit_dialog_dispose (GObject *object)
{
  CptBoardExitDialog *self = CPT_BOARD_EXIT_DIALOG (object);

  g_ptr_array_set_size (self->editors, 0);

  G_OBJECT_CLASS (cpt_board_exit_dialog_parent_class)->dispose (object);
}

static void
cpt_board_exit_dialog_finalize (GObject *object)
{
  CptBoardExitDialog *self = CPT_BOARD_EXIT_DIALOG (object);

  g_clear_pointer (&self->transaction, cpt_transaction_free);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->spec, cpt_board_spec_free);
  g_clear_pointer (&self->toast, g_free);

  G_OBJECT_CLASS (cpt_board_exit_dialog_parent_class)->finalize (object);
}

static void
cpt_board_exit_dialog_class_init (CptBoardExitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_board_exit_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_board_exit_dialog_finalize;

  gtk_widget_class_install_action (widget_class, "exit.move", NULL, move_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "exit.move", NULL);
}

static void
cpt_board_exit_dialog_init (CptBoardExitDialog *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
}

static GtkWidget *
create_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *move = gtk_button_new_with_mnemonic (_("_Move"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (move), "exit.move");
  gtk_widget_add_css_class (move, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), move);

  return header;
}

GtkWidget *
cpt_board_exit_dialog_new (CptWindow          *window,
                           const CptBoardSpec *spec,
                           const CptUuid      *card,
                           const char *const  *fields,
                           CptTransaction     *transaction,
                           const char         *toast)
{
  CptBoardExitDialog *self = g_object_new (CPT_TYPE_BOARD_EXIT_DIALOG, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->window = window;
  self->spec = cpt_board_spec_copy (spec);
  self->card = *card;
  self->transaction = transaction;
  self->toast = g_strdup (toast);
  gtk_window_set_title (GTK_WINDOW (self), _("Before It Goes On"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (self), 460, 360);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("The stages that it leaves ask for this. It is moved when all of it is there."));
  for (guint i = 0; fields[i] != NULL; i++)
    {
      const CptField *field = cpt_entity_find_field (self->spec->entity, fields[i]);
      CptFieldEditor *editor;

      if (field == NULL)
        continue;
      editor = cpt_field_editor_new (cpt_window_get_store (window), self->spec->schema, field);
      cpt_field_editor_set_required (editor, TRUE);
      g_ptr_array_add (self->editors, editor);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), cpt_field_editor_get_row (editor));
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), create_header ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  if (self->editors->len > 0)
    gtk_widget_grab_focus (cpt_field_editor_get_row (g_ptr_array_index (self->editors, 0)));

  return GTK_WIDGET (self);
}
