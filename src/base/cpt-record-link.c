/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links to records. Anything on the machine may hand one over, a page on the
 * internet too: a link can say which record to show, and nothing else. */

#include "config.h"

#include "cpt-record-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

#define PREFIX CPT_RECORD_LINK_SCHEME "://"
#define UUID_LENGTH (CPT_UUID_TEXT_SIZE - 1)

gboolean
cpt_record_link_is_meant (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_ascii_strncasecmp (text, CPT_RECORD_LINK_SCHEME ":", strlen (CPT_RECORD_LINK_SCHEME ":")) == 0;
}

/* The identifier at the beginning of @text */
static gboolean
take_id (const char *text,
         CptUuid    *id)
{
  g_autofree char *copy = g_strndup (text, UUID_LENGTH);

  return strlen (copy) == UUID_LENGTH && cpt_uuid_parse (copy, id) && !cpt_uuid_is_nil (id);
}

static gboolean
parse (const char    *text,
       CptRecordLink *self)
{
  gsize length;

  if (g_ascii_strncasecmp (text, PREFIX, strlen (PREFIX)) != 0)
    return FALSE;
  text += strlen (PREFIX);
  if (!take_id (text, &self->workspace) || text[UUID_LENGTH] != '/')
    return FALSE;
  text += UUID_LENGTH + 1;
  length = strspn (text, "abcdefghijklmnopqrstuvwxyz_");
  if (length == 0 || length >= sizeof self->entity || text[length] != '/')
    return FALSE;
  memcpy (self->entity, text, length);
  self->entity[length] = '\0';
  text += length + 1;

  return take_id (text, &self->id) && text[UUID_LENGTH] == '\0';
}

gboolean
cpt_record_link_parse (const char     *text,
                       CptRecordLink  *self,
                       GError        **error)
{
  CptRecordLink link = { 0 };

  g_return_val_if_fail (text != NULL && self != NULL, FALSE);

  if (!parse (text, &link))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE,
                           _("This is not a link to a record: copy it again from the page of the record."));
      return FALSE;
    }

  *self = link;

  return TRUE;
}

char *
cpt_record_link_format (const CptRecordLink *self)
{
  g_autofree char *workspace = cpt_uuid_dup_text (&self->workspace);
  g_autofree char *id = cpt_uuid_dup_text (&self->id);

  return g_strdup_printf (PREFIX "%s/%s/%s", workspace, self->entity, id);
}
