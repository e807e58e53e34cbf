/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-node-form.h"

G_BEGIN_DECLS

/**
 * CptNodeInputType:
 * @create: makes the widget; a floating reference
 * @show: puts the value into the widget, and what may be chosen
 * @take: (nullable): says what is being typed
 * @flush: (nullable): has what is in it say what is being typed
 * @is_group: whether the widget is a group rather than a row
 *
 * How one type of setting is filled in.
 */
typedef struct
{
  GtkWidget *(*create) (CptNodeInput *input);
  void       (*show)   (CptNodeInput *input);
  void       (*take)   (CptNodeInput *input);
  void       (*flush)  (CptNodeInput *input);
  gboolean   is_group;
} CptNodeInputType;

extern const CptNodeInputType cpt_node_text;
extern const CptNodeInputType cpt_node_number;
extern const CptNodeInputType cpt_node_time;
extern const CptNodeInputType cpt_node_choice;
extern const CptNodeInputType cpt_node_field;
extern const CptNodeInputType cpt_node_value;
extern const CptNodeInputType cpt_node_values;
extern const CptNodeInputType cpt_node_records;
extern const CptNodeInputType cpt_node_condition;
extern const CptNodeInputType cpt_node_duration;
extern const CptNodeInputType cpt_node_recurrence;
extern const CptNodeInputType cpt_node_branches;
extern const CptNodeInputType cpt_node_headers;
extern const CptNodeInputType cpt_node_json;
extern const CptNodeInputType cpt_node_long_text;
extern const CptNodeInputType cpt_node_link;

struct _CptNodeInput
{
  GObject parent_instance;

  const CptNodeInputType   *type;
  const CptWorkflowSetting *setting;
  const CptNodeContext     *context;
  CptNodeForm              *form; /* borrowed: it owns the input */
  GtkWidget                *widget;
  JsonNode                 *value; /* (nullable) */
  gboolean                  is_showing; /* signals of the widgets are our own doing */
  guint                     typing; /* source, while something typed is not said */
  gboolean                  is_choosing; /* while a combo row tells that another line was chosen */
  guint                     later; /* source, until it may show others */
  GCancellable             *cancellable;
  GtkWidget                *part; /* (nullable): borrowed from widget */
  GtkWidget                *more; /* (nullable): likewise */
  GPtrArray                *names; /* (nullable) (element-type utf8): what the lines of a choice stand for */
  gpointer                  data; /* (nullable): of the type */
  GDestroyNotify            free_data;
};

/* For types: the person has made @value (nullable) (transfer full) */
void          cpt_node_input_say        (CptNodeInput *self,
                                         JsonNode     *value);
/* The same with a text; none where it is empty */
void          cpt_node_input_say_text   (CptNodeInput *self,
                                         const char   *text);
/* (nullable): the value, where it is a text */
const char   *cpt_node_input_get_text   (CptNodeInput *self);
/* For types: what is typed into @editable, in @widget, is taken when the fingers rest, when it is left,
 * and when Enter is pressed */
void          cpt_node_input_watch_text (CptNodeInput *self,
                                         GtkWidget    *widget,
                                         GtkEditable  *editable);
/* For types: what stands in the widget is said now */
void          cpt_node_input_take       (CptNodeInput *self);
/* For types: something is typed */
void          cpt_node_input_typed      (CptNodeInput *self);
/* For types: what is wrong with what is typed stays marked */
void          cpt_node_input_mark       (GtkWidget *widget,
                                         gboolean   is_wrong);

G_END_DECLS
