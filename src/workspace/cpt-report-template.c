/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports that are ready to be added. What is read here is a program's own, so what is
 * wrong in one is a fault of the program, and a test reads them all. */

#include "config.h"

#include "cpt-report-template.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-template-private.h"

/* In the order in which they are offered; %NULL ends them */
static const char *const names[] = {
  "monthly_sales",
  "pipeline_review",
  "activity",
  NULL,
};

void
cpt_report_template_free (CptReportTemplate *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_clear_pointer (&self->document, cpt_document_free);
  g_free (self);
}

static CptReportTemplate *
read_template (const char *name)
{
  g_autoptr(JsonNode) node = cpt_template_read_file ("reports", name);
  g_autoptr(CptReportTemplate) self = g_new0 (CptReportTemplate, 1);
  g_autofree char *text = NULL;
  JsonObject *object;

  g_return_val_if_fail (node != NULL && JSON_NODE_HOLDS_OBJECT (node), NULL);

  object = json_node_get_object (node);
  self->name = g_strdup (name);
  self->title = cpt_template_dup_text (object, "title");
  self->description = cpt_template_dup_text (object, "description");
  json_object_remove_member (object, "description");
  json_object_set_int_member (object, "version", CPT_DOCUMENT_VERSION);
  text = json_to_string (node, FALSE);
  self->document = cpt_document_parse (text, -1, NULL);
  g_return_val_if_fail (self->document != NULL, NULL);

  return g_steal_pointer (&self);
}

GPtrArray *
cpt_report_template_list (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_report_template_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      CptReportTemplate *template = read_template (names[i]);

      if (template != NULL)
        g_ptr_array_add (all, template);
    }

  return all;
}

CptReportTemplate *
cpt_report_template_find (const char  *name,
                          GError     **error)
{
  g_autofree char *known = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_strv_contains (names, name))
    return read_template (name);

  known = g_strjoinv (", ", (char **) names);
  g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
               /* Translators: the second %s lists the names */
               _("There is no ready report “%s”. Choose one of these: %s."), name, known);

  return NULL;
}

CptTransaction *
cpt_report_template_create (const CptReportTemplate *self,
                            CptDatabase             *database,
                            const char              *title,
                            CptOrigin                origin,
                            CptUuid                 *id)
{
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptDocument) document = NULL;
  g_autofree char *definition = NULL;
  g_autofree char *label = NULL;
  CptTransaction *transaction;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (database != NULL, NULL);

  if (title == NULL || *title == '\0')
    title = self->title;
  document = cpt_document_copy (self->document);
  g_free (document->title);
  document->title = g_strdup (title);
  definition = cpt_document_format (document);
  record = cpt_template_create_shared (database, "report", title, self->description, definition);
  if (id != NULL)
    *id = record->id;

  /* Translators: what is undone; %s is the title of the report */
  label = g_strdup_printf (_("Add the report “%s”"), title);
  transaction = cpt_transaction_new (origin, label);
  cpt_transaction_create (transaction, record);

  return transaction;
}
