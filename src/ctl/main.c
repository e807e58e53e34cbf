/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoirctl: works on a workspace file without a screen. Finds the command
 * in the tables, reads its options, opens the workspace as the command needs
 * it, and turns what went wrong into one line and an exit status. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-computed.h"
#include "cpt-ctl.h"
#include "cpt-error.h"
#include "cpt-i18n.h"
#include "cpt-workspace.h"

static const CptCtlCommand *const groups[] = {
  cpt_ctl_workspace_commands,
  cpt_ctl_transfer_commands,
  cpt_ctl_read_commands,
  cpt_ctl_metric_commands,
  cpt_ctl_trend_commands,
  cpt_ctl_alert_commands,
  cpt_ctl_notice_commands,
  cpt_ctl_goal_commands,
  cpt_ctl_write_commands,
  cpt_ctl_duplicates_commands,
  cpt_ctl_log_commands,
  cpt_ctl_print_commands,
  cpt_ctl_dashboard_commands,
  cpt_ctl_report_commands,
  cpt_ctl_schedule_commands,
  cpt_ctl_automation_commands,
  cpt_ctl_workflow_commands,
  cpt_ctl_workflow_drawing_commands,
  cpt_ctl_simulate_commands,
  cpt_ctl_migration_commands,
  cpt_ctl_pause_commands,
  cpt_ctl_plan_commands,
  cpt_ctl_pack_commands,
  cpt_ctl_fields_commands,
  cpt_ctl_layout_commands,
  cpt_ctl_rules_commands,
  cpt_ctl_file_commands,
  cpt_ctl_card_commands,
};

G_DEFINE_QUARK (cpt_ctl_error, cpt_ctl_error)

CptCtlStatus
cpt_ctl_status_of (const GError *error)
{
  static const CptCtlStatus statuses[] = {
    [CPT_ERROR_INVALID] = CPT_CTL_REFUSED,
    [CPT_ERROR_NOT_FOUND] = CPT_CTL_NOT_FOUND,
    [CPT_ERROR_CONFLICT] = CPT_CTL_BUSY,
    [CPT_ERROR_PARSE] = CPT_CTL_REFUSED,
    [CPT_ERROR_NOT_WORKSPACE] = CPT_CTL_FILE,
    [CPT_ERROR_TOO_NEW] = CPT_CTL_FILE,
    [CPT_ERROR_DAMAGED] = CPT_CTL_FILE,
    [CPT_ERROR_READ_ONLY] = CPT_CTL_FILE,
    [CPT_ERROR_FULL] = CPT_CTL_FILE,
    [CPT_ERROR_BUSY] = CPT_CTL_BUSY,
    [CPT_ERROR_LIMIT] = CPT_CTL_REFUSED,
    [CPT_ERROR_IO] = CPT_CTL_FILE,
    [CPT_ERROR_UNSUPPORTED] = CPT_CTL_REFUSED,
  };

  static const CptCtlStatus own_statuses[] = {
    [CPT_CTL_ERROR_USAGE] = CPT_CTL_USAGE,
    [CPT_CTL_ERROR_FAULTS] = CPT_CTL_FAULTS,
    [CPT_CTL_ERROR_PARTIAL] = CPT_CTL_PARTIAL,
  };

  if (error->domain == CPT_CTL_ERROR)
    return own_statuses[error->code];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CPT_CTL_CANCELLED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return CPT_CTL_PIPE;
  if (error->domain == CPT_ERROR && (guint) error->code < G_N_ELEMENTS (statuses))
    return statuses[error->code];

  return CPT_CTL_FILE;
}

/* Waits for Ctrl+C beside the command, so that it is heard whatever the
 * command is busy with. The second one ends the process at once. */
static gpointer
wait_for_signal (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);

  while (sigwait (&signals, &number) == 0)
    {
      if (g_cancellable_is_cancelled (cancellable))
        _Exit (CPT_CTL_CANCELLED);
      g_cancellable_cancel (cancellable);
    }

  return NULL;
}

static void
watch_signals (GCancellable *cancellable)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  /* All threads that come later have them blocked too */
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);

  /* Lives until the process ends; it owns its reference */
  g_thread_unref (g_thread_new ("signals", wait_for_signal, g_object_ref (cancellable)));
}

static void
print_overview (void)
{
  cpt_ctl_print ("%s\n  comptoirctl %s\n\n%s\n", _("Usage:"), _("COMMAND [WORKSPACE] [ARGUMENT…] [OPTION…]"), _("Commands:"));
  for (guint group = 0; group < G_N_ELEMENTS (groups); group++)
    {
      for (const CptCtlCommand *command = groups[group]; command->name != NULL; command++)
        cpt_ctl_print ("  %-18s %s\n", command->name, _(command->summary));
    }
  cpt_ctl_print ("\n%s\n", _("See “comptoirctl COMMAND --help” for one command."));
  cpt_ctl_print ("%s\n", _("Exit status: 0 done, 1 refused, 2 wrong command line, "
                           "3 not found, 4 file problem, 5 conflict or busy, 6 check found problems, "
                           "7 only a part could be rescued, or an import rejected every row, 130 cancelled, "
                           "141 nobody reads the output."));
}

static gboolean
has_word (int          argc,
          char       **argv,
          const char  *word,
          const char  *short_word)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    {
      if (g_str_equal (argv[i], word) || g_strcmp0 (argv[i], short_word) == 0)
        return TRUE;
    }

  return FALSE;
}

/* "dashboard" of "dashboard list". Returns: (nullable) (transfer full): the second
 * words there are behind @word; NULL when it is the first of none */
static char *
dup_second_words (const char *word)
{
  g_autofree char *start = g_strconcat (word, " ", NULL);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint group = 0; group < G_N_ELEMENTS (groups); group++)
    {
      for (const CptCtlCommand *command = groups[group]; command->name != NULL; command++)
        {
          if (g_str_has_prefix (command->name, start))
            g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", command->name + strlen (start));
        }
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static void
print_group (const char *word)
{
  g_autofree char *start = g_strconcat (word, " ", NULL);

  cpt_ctl_print ("%s\n", _("Usage:"));
  for (guint group = 0; group < G_N_ELEMENTS (groups); group++)
    {
      for (const CptCtlCommand *command = groups[group]; command->name != NULL; command++)
        {
          g_autofree char *usage = g_str_has_prefix (command->name, start) ? cpt_ctl_dup_usage (command) : NULL;

          if (usage != NULL)
            cpt_ctl_print ("  %s\n      %s\n", usage, _(command->summary));
        }
    }
  cpt_ctl_print ("\n%s\n", _("See “comptoirctl COMMAND --help” for one command."));
}

/* @word is no command of its own */
static void
say_unknown (const char *word)
{
  g_autofree char *seconds = dup_second_words (word);
  g_autofree char *message = NULL;

  if (seconds != NULL)
    /* Translators: the first is a word such as dashboard, the last a list: list, export */
    message = g_strdup_printf (_("Say what to do with “%s”: %s."), word, seconds);
  else
    message = g_strdup_printf (_("There is no command “%s”; --help lists them."), word);
  cpt_ctl_say ("comptoirctl: %s", message);
}

/* --help without a command, or with the first word of some. FALSE when nothing
 * of the kind was asked for */
static gboolean
print_help (int    argc,
            char **argv)
{
  g_autofree char *seconds = argc > 1 ? dup_second_words (argv[1]) : NULL;

  if (argc > 1 && g_str_equal (argv[1], "--version"))
    cpt_ctl_print ("comptoirctl %s\n", CPT_VERSION);
  else if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help")))
    print_overview ();
  else if (seconds != NULL && has_word (argc, argv, "--help", "-h"))
    print_group (argv[1]);
  else
    return FALSE;

  return TRUE;
}

/* Two words ("dashboard export") before one. @n_words: how many it was */
static const CptCtlCommand *
find_command (int     argc,
              char  **argv,
              guint  *n_words)
{
  for (*n_words = 2; *n_words >= 1; (*n_words)--)
    {
      g_autofree char *name = NULL;

      if (argc <= (int) *n_words)
        continue;
      name = *n_words == 2 ? g_strjoin (" ", argv[1], argv[2], NULL) : g_strdup (argv[1]);
      for (guint group = 0; group < G_N_ELEMENTS (groups); group++)
        {
          for (const CptCtlCommand *command = groups[group]; command->name != NULL; command++)
            {
              if (g_str_equal (command->name, name))
                return command;
            }
        }
    }

  return NULL;
}

static gboolean
take_arguments (CptCtl  *self,
                int      argc,
                char   **argv,
                GError **error)
{
  g_autofree char *usage = NULL;
  int first = 1;

  /* GOption leaves the "--" in front of the first argument it was needed for */
  if (first < argc && g_str_equal (argv[first], "--"))
    first++;

  if (self->command->access != CPT_CTL_NO_FILE)
    {
      if (self->options.workspace != NULL)
        self->path = g_strdup (self->options.workspace);
      else if (first < argc)
        self->path = g_strdup (argv[first++]);
    }
  self->args = argv + first;
  self->n_args = argc - first;

  if ((self->command->access == CPT_CTL_NO_FILE || self->path != NULL) && self->n_args >= self->command->min_args &&
      self->n_args <= self->command->max_args)
    return TRUE;

  usage = cpt_ctl_dup_usage (self->command);
  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Usage: %s"), usage);

  return FALSE;
}

/* What a change leaves to be worked out; the window does it in quiet moments. */
static gboolean
catch_up (CptCtl  *self,
          GError **error)
{
  if (self->database == NULL || self->command->access == CPT_CTL_READ || cpt_database_is_read_only (self->database))
    return TRUE;

  return cpt_computed_run (self->database, 0, NULL, error);
}

static gboolean
run_command (CptCtl  *self,
             int      argc,
             char   **argv,
             GError **error)
{
  if (!cpt_ctl_options_parse (self, &argc, &argv, error) || !take_arguments (self, argc, argv, error))
    return FALSE;

  if (self->command->access >= CPT_CTL_READ)
    {
      self->database = cpt_workspace_open_database (
        self->path, self->command->access == CPT_CTL_READ ? CPT_OPEN_READ : CPT_OPEN_WRITE, NULL, error);
      if (self->database == NULL)
        return FALSE;
      cpt_database_watch (self->database, self->cancellable);
    }

  return self->command->run (self, error) && catch_up (self, error) && cpt_ctl_flush (error);
}

/* What a damaged file can still give is the business of export */
static void
say_error (CptCtl *self,
           GError *error)
{
  g_autofree char *shown = NULL;
  g_autofree char *help = NULL;

  if (self->path != NULL && g_error_matches (error, CPT_ERROR, CPT_ERROR_DAMAGED))
    {
      shown = g_filename_display_name (self->path);
      help = g_strdup_printf (_("Save what can still be read with “comptoirctl export --rescue %s KIND”."), shown);
    }
  if (help != NULL)
    cpt_ctl_say ("comptoirctl: %s %s", error->message, help);
  else
    cpt_ctl_say ("comptoirctl: %s", error->message);
}

static CptCtlStatus
run (const CptCtlCommand  *command,
     int                   argc,
     char                **argv)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  CptCtl self = { .command = command, .cancellable = cancellable };
  g_autoptr(GError) error = NULL;
  CptCtlStatus status = CPT_CTL_DONE;

  watch_signals (cancellable);
  if (!run_command (&self, argc, argv, &error))
    {
      status = cpt_ctl_status_of (error);
      cpt_ctl_flush (NULL);
      if (status == CPT_CTL_CANCELLED)
        cpt_ctl_say ("comptoirctl: %s", _("Cancelled."));
      else if (status != CPT_CTL_PIPE)
        say_error (&self, error);
    }

  if (self.database != NULL)
    {
      cpt_database_watch (self.database, NULL);
      cpt_database_close (self.database);
    }
  cpt_ctl_options_clear (&self.options);
  g_free (self.path);

  return status;
}

int
main (int    argc,
      char **argv)
{
  const CptCtlCommand *command;
  guint n_words = 0;

  cpt_i18n_init ();

  command = find_command (argc, argv, &n_words);
  if (command != NULL && has_word (argc, argv, "--help", "-h"))
    {
      g_autofree char *help = cpt_ctl_dup_help (command);

      cpt_ctl_print ("%s", help);
      return CPT_CTL_DONE;
    }
  if (command != NULL)
    return run (command, argc - (int) n_words, argv + n_words);

  if (print_help (argc, argv))
    return CPT_CTL_DONE;

  if (argc > 1)
    say_unknown (argv[1]);
  else
    cpt_ctl_say ("comptoirctl: %s", _("Name a command; --help lists them."));

  return CPT_CTL_USAGE;
}
