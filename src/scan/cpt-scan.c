/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Documents and pictures from outside are taken apart by large libraries, so this
 * is done in another program, comptoir-scan: what makes it crash, hang or take
 * all memory ends it and nothing else. It reads the bytes from its standard
 * input, may open no file for writing, and is ended when its time is over.
 */

#include "config.h"

#include "cpt-scan.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-scan-status.h"
#include "cpt-sniff.h"
#include "cpt-text.h"

#define DRAW_SECONDS 10
#define READ_SECONDS 60

/* One run of the program */
typedef struct
{
  GSubprocess *process;
  GMainLoop *loop;
  GBytes *output; /* (nullable) */
  GError *error;  /* (nullable) */
  gboolean is_late;
} Run;

static const char *
get_program (void)
{
  const char *program = g_getenv ("CPT_SCAN");

  return program != NULL ? program : CPT_SCAN_PROGRAM;
}

static gboolean
is_there (gboolean is_built)
{
  return is_built && g_file_test (get_program (), G_FILE_TEST_IS_EXECUTABLE);
}

gboolean
cpt_scan_can_draw (void)
{
  return is_there (CPT_HAVE_POPPLER);
}

gboolean
cpt_scan_can_read (void)
{
  return is_there (CPT_HAVE_TESSERACT);
}

static gboolean
late_cb (gpointer user_data)
{
  Run *run = user_data;

  run->is_late = TRUE;
  g_subprocess_force_exit (run->process);

  return G_SOURCE_REMOVE;
}

static void
communicated_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Run *run = user_data;

  g_subprocess_communicate_finish (run->process, result, &run->output, NULL, &run->error);
  g_main_loop_quit (run->loop);
}

static void
run_clear (Run *run)
{
  g_clear_object (&run->process);
  g_clear_pointer (&run->output, g_bytes_unref);
  g_clear_pointer (&run->loop, g_main_loop_unref);
  g_clear_error (&run->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Until it has ended, one way or the other */
static void
wait_for (Run          *run,
          GBytes       *input,
          guint         seconds,
          GCancellable *cancellable)
{
  GMainContext *context = g_main_context_new ();
  GSource *timeout = g_timeout_source_new_seconds (seconds);

  g_main_context_push_thread_default (context);
  run->loop = g_main_loop_new (context, FALSE);
  g_source_set_callback (timeout, late_cb, run, NULL);
  g_source_attach (timeout, context);
  g_subprocess_communicate_async (run->process, input, cancellable, communicated_cb, run);
  g_main_loop_run (run->loop);
  if (run->error != NULL)
    g_subprocess_force_exit (run->process);
  g_subprocess_wait (run->process, NULL, NULL);
  g_source_destroy (timeout);
  g_source_unref (timeout);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
}

/* What the program says by its end, as a sentence */
static void
set_error (const Run  *run,
           GError    **error)
{
  int status = g_subprocess_get_if_exited (run->process) ? g_subprocess_get_exit_status (run->process) : -1;

  if (run->is_late)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This file takes too long to look at and was left alone."));
  else if (status == CPT_SCAN_NO_LANGUAGE)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                         _("The words of French and English are not installed. Install Tesseract’s data for them."));
  else if (status == CPT_SCAN_NOT_BUILT)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("This build of Comptoir can’t do that."));
  else
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_DAMAGED, _("This file is damaged or protected and can’t be looked at."));
}

static GBytes *
run_program (const char *const  *arguments,
             GBytes             *input,
             guint               seconds,
             GCancellable       *cancellable,
             GError            **error)
{
  GSubprocessFlags flags =
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_auto(Run) run = { 0 };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  /* Several threads are slower on pictures of this size, and take from the window. */
  g_subprocess_launcher_setenv (launcher, "OMP_THREAD_LIMIT", "1", TRUE);
  run.process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  if (run.process == NULL)
    return NULL;
  wait_for (&run, input, seconds, cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (run.is_late || !g_subprocess_get_successful (run.process) || run.output == NULL)
    {
      set_error (&run, error);
      return NULL;
    }

  return g_steal_pointer (&run.output);
}

static gboolean
check_size (GBytes  *bytes,
            GError **error)
{
  g_autofree char *limit = g_format_size (CPT_SCAN_MAX_BYTES);

  if (g_bytes_get_size (bytes) <= CPT_SCAN_MAX_BYTES)
    return TRUE;

  /* Translators: a size: "30 MB" */
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This file is too large: it may have %s."), limit);

  return FALSE;
}

GBytes *
cpt_scan_draw_pdf (GBytes        *pdf,
                   guint          size,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *pixels = g_strdup_printf ("%u", size);
  const char *const arguments[] = { get_program (), "draw", pixels, NULL };

  g_return_val_if_fail (pdf != NULL, NULL);

  return check_size (pdf, error) ? run_program (arguments, pdf, DRAW_SECONDS, cancellable, error) : NULL;
}

static gboolean
check_picture (GBytes  *picture,
               GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (picture, &length);
  guint width, height;

  if (!cpt_sniff_get_picture_size (bytes, length, &width, &height) || width == 0 || height == 0)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                           _("This is no picture that can be read. Take a photograph as JPEG, PNG or WebP."));
      return FALSE;
    }
  if (width > CPT_SCAN_MAX_SIDE || height > CPT_SCAN_MAX_SIDE || (gint64) width * height > CPT_SCAN_MAX_PIXELS)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This picture is too large. Make it smaller and try again."));
      return FALSE;
    }

  return TRUE;
}

char *
cpt_scan_read_text (GBytes        *picture,
                    GCancellable  *cancellable,
                    GError       **error)
{
  const char *const arguments[] = { get_program (), "read", NULL };
  g_autoptr(GBytes) output = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (picture != NULL, NULL);

  if (!check_size (picture, error) || !check_picture (picture, error))
    return NULL;
  output = run_program (arguments, picture, READ_SECONDS, cancellable, error);
  if (output == NULL)
    return NULL;

  text = g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));

  return cpt_text_clean (text, TRUE);
}
