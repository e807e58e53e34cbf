/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-field-editor.h"
#include "cpt-field-type.h"
#include "cpt-file-preview.h"

G_BEGIN_DECLS

/**
 * CptEditorType:
 * @create: makes the row; a floating reference
 * @show: puts the editor's value into the row
 * @take: (nullable): takes what is being typed; FALSE when it is not valid
 * @set_read_only: (nullable): makes the row insensitive when NULL
 * @is_typing: (nullable): whether what is typed differs from the editor's value
 * @limit: (nullable): offers only the choices that may be taken
 *
 * How one family of kinds is edited.
 */
typedef struct
{
  GtkWidget *(*create)        (CptFieldEditor *editor);
  void       (*show)          (CptFieldEditor *editor);
  gboolean   (*take)          (CptFieldEditor *editor);
  void       (*set_read_only) (CptFieldEditor *editor,
                               gboolean        read_only);
  gboolean   (*is_typing)     (CptFieldEditor *editor);
  void       (*limit)         (CptFieldEditor *editor);
} CptEditorType;

extern const CptEditorType cpt_editor_entry;
extern const CptEditorType cpt_editor_text_view;
extern const CptEditorType cpt_editor_boolean;
extern const CptEditorType cpt_editor_choice;
extern const CptEditorType cpt_editor_choices;
extern const CptEditorType cpt_editor_date;
extern const CptEditorType cpt_editor_link;
extern const CptEditorType cpt_editor_links;
extern const CptEditorType cpt_editor_address;
extern const CptEditorType cpt_editor_attachment;
extern const CptEditorType cpt_editor_recurrence;

struct _CptFieldEditor
{
  GObject parent_instance;

  CptStore            *store;
  CptSchema           *schema;
  const CptField      *field; /* lives as long as schema */
  const CptEditorType *type;
  GtkWidget           *row;
  CptValue             value;
  char                *error; /* (nullable) */
  char                *notice; /* (nullable): what happened elsewhere while somebody typed */
  gboolean             is_showing; /* signals of the widgets are our own doing */
  gboolean             is_read_only;
  gboolean             is_required; /* by a rule: declarations need no mark */
  char               **allowed; /* (nullable): choices that may be taken */
  CptUuid              expected; /* of a record that is not stored yet, or nil */
  char                *expected_title; /* (nullable) */

  /* Parts of the row, as the type needs them; borrowed from row */
  GtkWidget           *part;
  GtkWidget           *more;
  GPtrArray           *parts; /* (nullable) */
  CptFilePreviews     *previews; /* (nullable) */
  GCancellable        *cancellable;
};

/* For types: the person has made @value; its content is moved. Announces it
 * when it is another one. */
void     cpt_field_editor_commit    (CptFieldEditor *self,
                                     CptValue       *value);
/* For types: reads @text as the field does, shows the problem when it can't */
gboolean cpt_field_editor_take_text (CptFieldEditor *self,
                                     const char     *text);
/* For types: the text in the entry has changed */
void     cpt_field_editor_announce_typing (CptFieldEditor *self);
/* For types: what was typed goes, the value is shown again; FALSE when nothing
 * was typed */
gboolean cpt_field_editor_revert    (CptFieldEditor *self);
/* For types: Escape in @widget puts back what was there */
void     cpt_field_editor_add_escape (CptFieldEditor *self,
                                      GtkWidget      *widget);
/* For types: whether a choice may be taken, or is there already */
gboolean cpt_field_editor_offers    (CptFieldEditor *self,
                                     const char     *choice);
/* For types: opens the target of a link */
void     cpt_field_editor_open_link (CptFieldEditor *self,
                                     const CptUuid  *id);

G_END_DECLS
