/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Each harness gives these two. Seeds are texts that get far into the parser;
 * the last is NULL. */
int                      LLVMFuzzerTestOneInput (const guint8 *bytes,
                                                 gsize         length);
extern const char *const fuzz_seeds[];
