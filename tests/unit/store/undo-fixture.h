/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of undo and of units share, beside the fixture of the store. */

#include "store-fixture.h"

#include "cpt-check.h"

static inline void
assert_sound (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static inline void
undo_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  cpt_log_undo (self->database, entry->sequence, NULL, &error);
  g_assert_no_error (error);
}

static inline void
redo_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_redo (self->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  cpt_log_undo (self->database, entry->sequence, NULL, &error);
  g_assert_no_error (error);
}
