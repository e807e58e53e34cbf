/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits for the file has a shared lock on one byte, far behind those that
 * SQLite locks; who holds the file looks whether anybody has. The lock belongs
 * to the open file, so it ends with whoever asked, however that comes about.
 *
 * A slice of an import can so last long while nobody minds, and be over at once
 * when somebody does. */

/* For the locks of an open file description */
#define _GNU_SOURCE

#include "config.h"

#include "cpt-turn-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>

/* SQLite's own are the 512 from 0x40000000 on (sqlite.org/fileformat2.html,
 * “The Lock-Byte Page”). */
#define TURN_BYTE 0x40000400
#define DELIVERY_BYTE 0x40000401

static int
open_file (const char *path)
{
  return g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
}

int
cpt_turn_ask (const char *path)
{
  struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = TURN_BYTE, .l_len = 1 };
  int turn = open_file (path);

  /* Without the lock it waits all the same, if longer. */
  if (turn >= 0 && fcntl (turn, F_OFD_SETLK, &lock) != 0)
    cpt_turn_end (&turn);

  return turn;
}

int
cpt_turn_watch (const char *path)
{
  return open_file (path);
}

gboolean
cpt_turn_is_asked (int watch)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = TURN_BYTE, .l_len = 1 };

  return watch >= 0 && fcntl (watch, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

int
cpt_turn_take_delivery (const char *path)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = DELIVERY_BYTE, .l_len = 1 };
  int turn = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);

  if (turn >= 0 && fcntl (turn, F_OFD_SETLK, &lock) != 0)
    cpt_turn_end (&turn);

  return turn;
}

void
cpt_turn_end (int *turn)
{
  if (*turn >= 0)
    g_close (*turn, NULL);
  *turn = -1;
}
