/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-form.h"
#include "cpt-page-layout.h"
#include "cpt-schema.h"

G_BEGIN_DECLS

/* The standard declarations, one file each in entities/. In the order of their
 * numbers. */
extern const CptEntity cpt_entity_organisation;
extern const CptEntity cpt_entity_contact;
extern const CptEntity cpt_entity_lead;
extern const CptEntity cpt_entity_pipeline;
extern const CptEntity cpt_entity_stage;
extern const CptEntity cpt_entity_deal;
extern const CptEntity cpt_entity_product;
extern const CptEntity cpt_entity_task;
extern const CptEntity cpt_entity_activity;
extern const CptEntity cpt_entity_user;
extern const CptEntity cpt_entity_team;
extern const CptEntity cpt_entity_goal;
extern const CptEntity cpt_entity_tag;
extern const CptEntity cpt_entity_distinct_pair;
extern const CptEntity cpt_entity_pack;
extern const CptEntity cpt_entity_rule;
extern const CptEntity cpt_entity_file;
extern const CptEntity cpt_entity_page_layout;
extern const CptEntity cpt_entity_choice_list;
extern const CptEntity cpt_entity_metric;
extern const CptEntity cpt_entity_report;
extern const CptEntity cpt_entity_alert;
extern const CptEntity cpt_entity_report_schedule;
extern const CptEntity cpt_entity_badge;
extern const CptEntity cpt_entity_ad_result;
extern const CptEntity cpt_entity_arrangement;
extern const CptEntity cpt_entity_workspace_setting;
extern const CptEntity cpt_entity_workflow;
extern const CptEntity cpt_entity_workflow_version;
extern const CptEntity cpt_entity_activity_plan;
extern const CptEntity cpt_entity_notification;
extern const CptEntity cpt_entity_saved_view;
extern const CptEntity cpt_entity_dashboard;
extern const CptEntity cpt_entity_custom_field;

/* Limits of custom fields, per entity and per choice field */
#define CPT_CUSTOM_FIELDS_MAX  500
#define CPT_CUSTOM_CHOICES_MAX 500
#define CPT_CUSTOM_PREFIX      "x_"

/* Whether @name can name a field: lower-case SQL identifier, no keyword, none
 * of the names that every record has */
gboolean cpt_schema_is_field_name (const char *name);
/* Whether @name can name a group of fields, or a choice */
gboolean cpt_schema_is_identifier (const char *name);
/* Text for people: there, not too long, nothing hidden in it */
gboolean cpt_schema_is_label      (const char *label,
                                   gsize       max_chars);
/* Whether the parameters of a declaration fit its kind. CPT_ERROR_INVALID.
 * Links are checked against @schema. */
gboolean cpt_schema_check_field   (CptSchema        *schema,
                                   const CptEntity  *entity,
                                   const CptField   *field,
                                   GError          **error);

/* With the standard fields, and room for one custom field per name of an
 * entity in @entities (names that are not known, NULL too, are left out) */
CptSchema *cpt_schema_create_with_room (const char *const *entities,
                                        guint              n_entities);
/* While the schema is being made, and never later. On failure nothing is added. */
gboolean   cpt_schema_add_custom_field (CptSchema             *self,
                                        const CptCustomField  *custom,
                                        GError               **error);
/* Once all fields are there: reads their formulas and finds the order in which
 * they are worked out. @problems (nullable) gets a sentence for each that can't
 * be read or needs itself. */
void       cpt_schema_read_formulas    (CptSchema *self,
                                        GPtrArray *problems);
/* At last: how the fields stand in forms. @layouts (nullable) (array length=n_layouts):
 * one per kind of record at most, NULL where nothing is arranged; only looked at */
void       cpt_schema_make_forms       (CptSchema            *self,
                                        CptPageLayout *const *layouts);
/* The place of @entity in the list of all of them; G_MAXUINT when there is none */
guint      cpt_schema_get_place        (CptSchema  *self,
                                        const char *entity);
CptPageLayout  *cpt_page_layout_copy   (const CptPageLayout *self);
/* Its fields and title are left to the caller */
CptLayoutGroup *cpt_page_layout_append_group (CptPageLayout *self,
                                              const char    *name);
/* (transfer full): @layout (nullable) may miss fields or name unknown ones */
CptForm   *cpt_form_new                (const CptEntity     *entity,
                                        const CptPageLayout *layout);
void       cpt_form_free               (CptForm *self);
/* Before the formulas are read, which may name them. @choices are copied. */
void       cpt_schema_set_choices      (CptSchema       *self,
                                        const CptEntity *entity,
                                        const CptField  *field,
                                        const CptChoice *choices);
/* Whether @colour is in the palette */
gboolean   cpt_schema_is_colour        (const char *colour);
/* For cpt_schema_read_formulas() */
void       cpt_schema_set_expression   (CptSchema       *self,
                                        const CptEntity *entity,
                                        const CptField  *field,
                                        CptExpression   *expression);
void       cpt_schema_add_computed     (CptSchema       *self,
                                        const CptEntity *entity,
                                        const CptField  *field);
/* With the prefix of custom fields, unless it is there */
char      *cpt_schema_dup_custom_name  (const char *name);

G_END_DECLS
