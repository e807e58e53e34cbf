/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_ERROR (cpt_error_quark ())

/**
 * CptError:
 * @CPT_ERROR_INVALID: a value breaks its declaration or a rule; the message says which
 * @CPT_ERROR_NOT_FOUND: the record, entity, field or file does not exist
 * @CPT_ERROR_CONFLICT: the record changed since it was read; read again and retry
 * @CPT_ERROR_PARSE: text is not well formed (JSON, CSV, a date, a filter)
 * @CPT_ERROR_NOT_WORKSPACE: the file is something else; it was not touched
 * @CPT_ERROR_TOO_NEW: a newer Comptoir wrote this; update the application
 * @CPT_ERROR_DAMAGED: the file is damaged; open it read-only and export what is left
 * @CPT_ERROR_READ_ONLY: the workspace can't be written
 * @CPT_ERROR_FULL: no room on the disk; free some and retry
 * @CPT_ERROR_BUSY: another program holds the file; retry later
 * @CPT_ERROR_LIMIT: larger than a documented limit
 * @CPT_ERROR_IO: reading or writing failed
 * @CPT_ERROR_UNSUPPORTED: this can't be done with this kind of field or record
 *
 * What can go wrong anywhere below the programs. Messages are one translated
 * sentence that a person can act on. Cancellation is %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  CPT_ERROR_INVALID,
  CPT_ERROR_NOT_FOUND,
  CPT_ERROR_CONFLICT,
  CPT_ERROR_PARSE,
  CPT_ERROR_NOT_WORKSPACE,
  CPT_ERROR_TOO_NEW,
  CPT_ERROR_DAMAGED,
  CPT_ERROR_READ_ONLY,
  CPT_ERROR_FULL,
  CPT_ERROR_BUSY,
  CPT_ERROR_LIMIT,
  CPT_ERROR_IO,
  CPT_ERROR_UNSUPPORTED,
} CptError;

GQuark cpt_error_quark (void);

G_END_DECLS
