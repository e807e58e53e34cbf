/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all files of this room would read again and again. For builds with
 * -Db_pch=true, as CI makes them. */

#include "config.h"

#include <adwaita.h>
#include <json-glib/json-glib.h>
