/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packs of a workspace. Everything that takes its time is a job on a thread
 * and a connection of its own; the window waits for one job at a time. Before
 * something is taken away, it is counted and said in numbers. */
#include "config.h"

#include "cpt-packs-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-pack.h"

struct _CptPacksWindow
{
  AdwPreferencesWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  GCancellable *cancellable;
  GPtrArray *rows; /* borrowed from the groups, to be taken out of them */

  /* Borrowed from GTK */
  GtkWidget *installed;
  GtkWidget *available;
};

G_DEFINE_FINAL_TYPE (CptPacksWindow, cpt_packs_window, ADW_TYPE_PREFERENCES_WINDOW)

typedef enum
{
  JOB_LIST,
  JOB_INSTALL,
  JOB_UPDATE,
  JOB_COUNT, /* what removing would do */
  JOB_REMOVE,
  JOB_REMOVE_ALL,
} JobKind;

/* What a job is to do and, afterwards, what it found */
typedef struct
{
  JobKind kind;
  char *pack; /* a folder to install from, the name of a pack to remove */
  char *label;
  GPtrArray *infos;    /* (nullable): CptPackInfo */
  GPtrArray *packs;    /* (nullable): CptPack */
  GPtrArray *folders;  /* (nullable): filename, of @packs */
  GPtrArray *problems; /* (nullable): utf8 */
  CptPackResult result;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->pack);
  g_free (job->label);
  g_clear_pointer (&job->infos, g_ptr_array_unref);
  g_clear_pointer (&job->packs, g_ptr_array_unref);
  g_clear_pointer (&job->folders, g_ptr_array_unref);
  g_clear_pointer (&job->problems, g_ptr_array_unref);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* -------------------------------------------------------------------- working */

static gboolean
list_packs (Job          *job,
            CptDatabase  *database,
            GError      **error)
{
  g_autoptr(GPtrArray) folders = cpt_pack_list_folders ();

  job->infos = cpt_pack_list (database, error);
  job->packs = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_pack_free);
  job->folders = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < folders->len; i++)
    {
      g_autoptr(GError) bad = NULL;
      CptPack *pack = cpt_pack_load (g_ptr_array_index (folders, i), &bad);

      if (pack == NULL)
        {
          g_debug ("A pack is left out: %s", bad->message);
          continue;
        }
      g_ptr_array_add (job->packs, pack);
      g_ptr_array_add (job->folders, g_strdup (g_ptr_array_index (folders, i)));
    }

  return job->infos != NULL;
}

static gboolean
install_pack (Job          *job,
              CptDatabase  *database,
              GError      **error)
{
  g_autoptr(CptPack) pack = cpt_pack_load (job->pack, error);

  if (pack == NULL)
    return FALSE;

  g_free (job->label);
  job->label = g_strdup (cpt_pack_get_label (pack));

  return cpt_pack_install (pack, database, job->kind == JOB_UPDATE, &job->result, &job->problems, error);
}

/* The job is its own result, with the problems when it was refused */
static gpointer
run_job (CptDatabase   *database,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Job *asked = data;
  g_autoptr(Job) job = g_new0 (Job, 1);
  gboolean done;

  job->kind = asked->kind;
  job->pack = g_strdup (asked->pack);
  job->label = g_strdup (asked->label);
  switch (job->kind)
    {
    case JOB_LIST:
      done = list_packs (job, database, error);
      break;

    case JOB_INSTALL:
    case JOB_UPDATE:
      done = install_pack (job, database, error);
      break;

    case JOB_COUNT:
    case JOB_REMOVE:
    case JOB_REMOVE_ALL:
    default:
      done = cpt_pack_remove (database, job->pack, job->kind == JOB_REMOVE_ALL, job->kind == JOB_COUNT, &job->result, error);
    }
  if (!done && job->problems != NULL && job->problems->len > 0)
    {
      g_clear_error (error);
      done = TRUE;
    }

  return done ? g_steal_pointer (&job) : NULL;
}

static void job_done_cb (GObject *source,
                         GAsyncResult *result,
                         gpointer user_data);

static void
start_job (CptPacksWindow *self,
           JobKind         kind,
           const char     *pack,
           const char     *label)
{
  CptStore *store = self->window != NULL ? cpt_window_get_store (self->window) : NULL;
  Job *job = g_new0 (Job, 1);
  gboolean writes = kind != JOB_LIST && kind != JOB_COUNT;

  job->kind = kind;
  job->pack = g_strdup (pack);
  job->label = g_strdup (label);
  if (store == NULL)
    {
      job_free (job);
      return;
    }

  if (writes)
    {
      gtk_widget_set_sensitive (self->installed, FALSE);
      gtk_widget_set_sensitive (self->available, FALSE);
      cpt_store_work_async (store, run_job, job, job_free, job_free, self->cancellable, job_done_cb, g_object_ref (self));
    }
  else
    {
      cpt_store_read_async (store, G_PRIORITY_DEFAULT, run_job, job, job_free, job_free, self->cancellable, job_done_cb,
                            g_object_ref (self));
    }
}

/* -------------------------------------------------------------------- asking */

typedef struct
{
  CptPacksWindow *self; /* (owned) */
  char *pack;
  char *label;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->self);
  g_free (question->pack);
  g_free (question->label);
  g_free (question);
}

static void
removal_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     Question         *question)
{
  if (strcmp (response, "remove") == 0)
    start_job (question->self, JOB_REMOVE, question->pack, question->label);
  else if (strcmp (response, "all") == 0)
    start_job (question->self, JOB_REMOVE_ALL, question->pack, question->label);
}

/* Takes @line; nothing where there is nothing to say */
static void
take_line (GString *text,
           guint    n,
           char    *line)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

static void
ask_removal (CptPacksWindow *self,
             const Job      *job)
{
  const CptPackResult *result = &job->result;
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), job->label);
  g_autoptr(GString) body = g_string_new (NULL);
  GtkWidget *dialog;
  Question *question = g_new0 (Question, 1);

  take_line (body, result->n_removed,
             g_strdup_printf (ngettext ("%u record or field of the pack goes.", "%u records and fields of the pack go.",
                                        result->n_removed),
                              result->n_removed));
  take_line (body, result->n_changed,
             g_strdup_printf (ngettext ("%u that somebody changed stays.", "%u that somebody changed stay.", result->n_changed),
                              result->n_changed));
  take_line (body, result->n_used,
             g_strdup_printf (ngettext ("%u that other records need stays.", "%u that other records need stay.", result->n_used),
                              result->n_used));
  take_line (body, result->n_fields,
             g_strdup_printf (ngettext ("%u field with something in it stays.", "%u fields with something in them stay.",
                                        result->n_fields),
                              result->n_fields));
  take_line (body, result->n_values,
             g_strdup_printf (ngettext ("%u record has something in such fields.", "%u records have something in such fields.",
                                        result->n_values),
                              result->n_values));

  question->self = g_object_ref (self);
  question->pack = g_strdup (job->pack);
  question->label = g_strdup (job->label);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "remove", _("_Remove"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  if (result->n_changed > 0 || result->n_fields > 0)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "all", _("Remove _with All Data"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "all", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (removal_response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_message (CptPacksWindow *self,
              const char     *heading,
              const char     *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_problems (CptPacksWindow *self,
               GPtrArray      *problems)
{
  g_autoptr(GString) body = g_string_new (NULL);

  for (guint i = 0; i < problems->len && i < 10; i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (problems, i));
  show_message (self, _("The Pack Does Not Fit"), body->str);
}

/* ------------------------------------------------------------------- showing */

static void
remove_clicked_cb (GtkWidget *button,
                   Question  *question)
{
  start_job (question->self, JOB_COUNT, question->pack, question->label);
}

static void
install_clicked_cb (GtkWidget *button,
                    Question  *question)
{
  start_job (question->self, JOB_INSTALL, question->pack, question->label);
}

static void
update_clicked_cb (GtkWidget *button,
                   Question  *question)
{
  start_job (question->self, JOB_UPDATE, question->pack, question->label);
}

static void
add_button (CptPacksWindow *self,
            GtkWidget      *row,
            const char     *text,
            const char     *pack,
            const char     *label,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);
  Question *question = g_new0 (Question, 1);

  question->self = g_object_ref (self);
  question->pack = g_strdup (pack);
  question->label = g_strdup (label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, label, -1);
  g_signal_connect_data (button, "clicked", callback, question, question_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
add_row (CptPacksWindow *self,
         GtkWidget      *group,
         const char     *title,
         const char     *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);

  return row;
}

static const CptPackInfo *
find_info (const Job  *job,
           const char *name)
{
  for (guint i = 0; i < job->infos->len; i++)
    if (strcmp (((CptPackInfo *) g_ptr_array_index (job->infos, i))->name, name) == 0)
      return g_ptr_array_index (job->infos, i);

  return NULL;
}

static void
show_installed (CptPacksWindow    *self,
                const Job         *job,
                const CptPackInfo *info)
{
  g_autofree char *subtitle = g_strdup_printf (ngettext ("Version %d, %u record or field",
                                                         "Version %d, %u records and fields", info->n_records),
                                               (int) info->version, info->n_records);
  GtkWidget *row = add_row (self, self->installed, info->label, subtitle);

  for (guint i = 0; i < job->packs->len; i++)
    {
      const CptPack *pack = g_ptr_array_index (job->packs, i);

      if (strcmp (cpt_pack_get_name (pack), info->name) == 0 && cpt_pack_get_version (pack) > info->version)
        add_button (self, row, _("_Update"), g_ptr_array_index (job->folders, i), info->label, G_CALLBACK (update_clicked_cb));
    }
  add_button (self, row, _("_Remove…"), info->name, info->label, G_CALLBACK (remove_clicked_cb));
}

/* What packs are, or why none is listed */
static void
describe_available (CptPacksWindow *self,
                    const Job      *job)
{
  const char *text = job->packs->len == 0 ? _("No pack came with this installation. Choose a folder that holds one.")
                                          : _("All packs that came with Comptoir are installed. Others are in folders.");

  for (guint i = 0; i < job->packs->len; i++)
    if (find_info (job, cpt_pack_get_name (g_ptr_array_index (job->packs, i))) == NULL)
      text = _("Fields, pipelines, views, dashboards and samples for one industry.");
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->available), text);
}

static void
show_list (CptPacksWindow *self,
           const Job      *job)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < job->infos->len; i++)
    show_installed (self, job, g_ptr_array_index (job->infos, i));
  gtk_widget_set_visible (self->installed, job->infos->len > 0);
  describe_available (self, job);
  for (guint i = 0; i < job->packs->len; i++)
    {
      const CptPack *pack = g_ptr_array_index (job->packs, i);
      GtkWidget *row;

      if (find_info (job, cpt_pack_get_name (pack)) != NULL)
        continue;
      row = add_row (self, self->available, cpt_pack_get_label (pack), cpt_pack_get_description (pack));
      add_button (self, row, _("_Install"), g_ptr_array_index (job->folders, i), cpt_pack_get_label (pack),
                  G_CALLBACK (install_clicked_cb));
    }
}

static void
tell_done (CptPacksWindow *self,
           const Job      *job)
{
  g_autofree char *text = NULL;

  if (job->kind == JOB_INSTALL)
    text = g_strdup_printf (_("Pack “%s” installed"), job->label);
  else if (job->kind == JOB_UPDATE)
    text = g_strdup_printf (_("Pack “%s” updated"), job->label);
  else
    text = g_strdup_printf (_("Pack “%s” removed"), job->label);
  if (self->window != NULL && cpt_window_get_store (self->window) != NULL)
    cpt_window_show_undo_toast (self->window, text, job->result.sequence);
}

static void
job_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptPacksWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Job) job = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->window == NULL)
    return;

  gtk_widget_set_sensitive (self->installed, TRUE);
  gtk_widget_set_sensitive (self->available, TRUE);
  if (job == NULL)
    {
      show_message (self, _("The Pack Does Not Fit"), error->message);
      return;
    }

  if (job->problems != NULL && job->problems->len > 0)
    show_problems (self, job->problems);
  else if (job->kind == JOB_LIST)
    show_list (self, job);
  else if (job->kind == JOB_COUNT)
    ask_removal (self, job);
  else
    {
      tell_done (self, job);
      start_job (self, JOB_LIST, NULL, NULL);
    }
}

/* ---------------------------------------------------------------- from a folder */

static void
folder_response_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    start_job (user_data, JOB_INSTALL, g_file_peek_path (file), NULL);
  g_object_unref (dialog);
}

static void
folder_clicked_cb (CptPacksWindow *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Install a Pack"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Install"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
cpt_packs_window_dispose (GObject *object)
{
  CptPacksWindow *self = CPT_PACKS_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (cpt_packs_window_parent_class)->dispose (object);
}

static void
cpt_packs_window_class_init (CptPacksWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_packs_window_dispose;
}

static void
cpt_packs_window_init (CptPacksWindow *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *folder = gtk_button_new_with_mnemonic (_("From a _Folder…"));

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->installed = adw_preferences_group_new ();
  self->available = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->installed), _("Installed"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->available), _("Available"));
  gtk_widget_set_visible (self->installed, FALSE);
  gtk_widget_add_css_class (folder, "flat");
  g_signal_connect_object (folder, "clicked", G_CALLBACK (folder_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->available), folder);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->installed));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->available));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _("Packs"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

GtkWindow *
cpt_packs_window_new (CptWindow *window)
{
  CptPacksWindow *self;
  int width;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_PACKS_WINDOW, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  width = gtk_widget_get_width (GTK_WIDGET (window));
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width - 10, 340, 560), 520);
  start_job (self, JOB_LIST, NULL, NULL);

  return GTK_WINDOW (self);
}
