/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of rooms without a window would read again and again. For
 * builds with -Db_pch=true, as CI makes them. Some files need what only GNU has,
 * which must be said before the first header. */

#define _GNU_SOURCE

#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
