/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * comptoir-scan: takes apart what came from outside, and nothing else.
 *
 *   comptoir-scan draw PIXELS    a PDF on standard input, its first page as PNG
 *   comptoir-scan read           a picture on standard input, its words as text
 *
 * It has little time and memory, writes no file, and ends with the program that
 * started it.
 */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cpt-scan-private.h"
#include "cpt-scan.h"

#define MEMORY (1024 * 1024 * 1024ul)
#define DRAW_SECONDS 10
#define READ_SECONDS 60
#define PIECE_BYTES 65536

static void
set_limit (int    what,
           rlim_t value)
{
  struct rlimit limit = { .rlim_cur = value, .rlim_max = value };

  setrlimit (what, &limit);
}

static void
confine (guint seconds)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  set_limit (RLIMIT_CORE, 0);
  set_limit (RLIMIT_CPU, seconds);
  /* Writing to a file fails, rather than ending the program. */
  signal (SIGXFSZ, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);
  set_limit (RLIMIT_FSIZE, 0);
#ifndef __SANITIZE_ADDRESS__ /* which maps more than that */
  set_limit (RLIMIT_AS, MEMORY);
#endif
}

static GBytes *
read_input (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n;

  while ((n = read (STDIN_FILENO, piece, PIECE_BYTES)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || bytes->len + (gsize) n > CPT_SCAN_MAX_BYTES)
        return NULL;
      g_byte_array_append (bytes, piece, (guint) n);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
cpt_scan_write (const void *bytes,
                gsize       length)
{
  const guint8 *at = bytes;

  while (length > 0)
    {
      gssize n = write (STDOUT_FILENO, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      at += n;
      length -= (gsize) n;
    }

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  gboolean draws = argc == 3 && strcmp (argv[1], "draw") == 0;
  guint64 size = 0;
  g_autoptr(GBytes) input = NULL;

  if (!draws && (argc != 2 || strcmp (argv[1], "read") != 0))
    return CPT_SCAN_USAGE;
  if (draws && !g_ascii_string_to_unsigned (argv[2], 10, 1, 4096, &size, NULL))
    return CPT_SCAN_USAGE;

  confine (draws ? DRAW_SECONDS : READ_SECONDS);
  input = read_input ();
  if (input == NULL)
    return CPT_SCAN_DAMAGED;

  return draws ? cpt_scan_draw (input, (guint) size) : cpt_scan_read (input);
}
