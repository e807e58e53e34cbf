/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What columns ask of a card: read while it is dragged, said above the columns
 * that it can't go to yet, and asked for when it is dropped there. */

#include "config.h"

#include "cpt-board-exit.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-field-editor.h"
#include "cpt-settings-dialog.h"
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

#define CPT_TYPE_BOARD_EXIT_DIALOG (cpt_board_exit_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptBoardExitDialog, cpt_board_exit_dialog, CPT, BOARD_EXIT_DIALOG, CptSettingsDialog)

struct _CptBoardExitDialog
{
  CptSettingsDialog parent_instance;

  CptBoardSpec *spec;          /* (owned) */
  CptUuid card;                /* which is moved */
  CptTransaction *transaction; /* (owned): what moves it; each try commits a copy */
  char *toast;
  GPtrArray *editors; /* (element-type CptFieldEditor) */
};

G_DEFINE_FINAL_TYPE (CptBoardExitDialog, cpt_board_exit_dialog, CPT_TYPE_SETTINGS_DIALOG)

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

static gboolean
cpt_board_exit_dialog_refused (CptSettingsDialog *dialog,
                               GPtrArray         *problems)
{
  CptBoardExitDialog *self = CPT_BOARD_EXIT_DIALOG (dialog);
  guint n_placed = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      CptFieldEditor *editor = find_editor (self, problem);

      if (editor == NULL)
        continue;
      cpt_field_editor_set_error (editor, problem->message);
      n_placed++;
    }

  return n_placed > 0;
}

static void
cpt_board_exit_dialog_save (CptSettingsDialog *dialog)
{
  CptBoardExitDialog *self = CPT_BOARD_EXIT_DIALOG (dialog);
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
  cpt_settings_dialog_commit (dialog, transaction, self->toast);
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
  G_OBJECT_CLASS (klass)->dispose = cpt_board_exit_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_board_exit_dialog_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_board_exit_dialog_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_board_exit_dialog_refused;
}

static void
cpt_board_exit_dialog_init (CptBoardExitDialog *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
}

void
cpt_board_exit_ask (CptWindow          *window,
                    const CptBoardSpec *spec,
                    const CptUuid      *card,
                    const char *const  *fields,
                    CptTransaction     *transaction,
                    const char         *toast)
{
  CptBoardExitDialog *self = g_object_new (CPT_TYPE_BOARD_EXIT_DIALOG, NULL);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->spec = cpt_board_spec_copy (spec);
  self->card = *card;
  self->transaction = transaction;
  self->toast = g_strdup (toast);
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
  cpt_settings_dialog_set_verb (CPT_SETTINGS_DIALOG (self), _("_Move"));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), _("Before It Goes On"), page, NULL);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 460, 360);
  if (self->editors->len > 0)
    gtk_widget_grab_focus (cpt_field_editor_get_row (g_ptr_array_index (self->editors, 0)));
}
