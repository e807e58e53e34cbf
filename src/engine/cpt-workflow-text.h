/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CptWorkflowTextFunc:
 * @data: of the caller
 * @path: what stands between the braces
 * @text: (out) (optional) (transfer full): its value as text; empty where there is none
 * @value: (out) (optional) (transfer full): its value as JSON; null where there is none
 * @error: %CPT_ERROR_NOT_FOUND and others, with a message for who wrote the text
 *
 * Returns: whether there is such a thing
 */
typedef gboolean (*CptWorkflowTextFunc) (gpointer     data,
                                         const char  *path,
                                         char       **text,
                                         JsonNode   **value,
                                         GError     **error);

/**
 * cpt_workflow_text_fill:
 * @text: with places such as “{{organisation.name}}”
 * @find: what stands in a place
 * @data: for @find
 * @reserved: (nullable): what comes from a place is written for an address, with these
 *   characters left as they are; %NULL: it is written as it is
 * @error: %CPT_ERROR_PARSE where braces do not close, and as of @find
 *
 * Puts values into their places. What is put in is not looked through.
 *
 * Returns: (transfer full) (nullable): the text; %NULL with @error
 */
char     *cpt_workflow_text_fill      (const char           *text,
                                       CptWorkflowTextFunc   find,
                                       gpointer              data,
                                       const char           *reserved,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * cpt_workflow_text_fill_json:
 * @node: any JSON
 * @find: what stands in a place
 * @data: for @find
 * @error: as of cpt_workflow_text_fill()
 *
 * Fills all texts in @node, but no names of members. A text that is one place and nothing else
 * becomes the value itself: a number stays a number.
 *
 * Returns: (transfer full) (nullable): a copy; %NULL with @error
 */
JsonNode *cpt_workflow_text_fill_json (JsonNode             *node,
                                       CptWorkflowTextFunc   find,
                                       gpointer              data,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
