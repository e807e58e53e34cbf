/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-field.h"

G_BEGIN_DECLS

/**
 * CptFieldGroup:
 * @name: lower-case identifier, unique in the entity
 * @label: untranslated
 *
 * A part of a form with a heading.
 */
typedef struct
{
  const char *name;
  const char *label;
} CptFieldGroup;

typedef struct _CptForm CptForm;

/**
 * CptEntityFlags:
 * @CPT_ENTITY_PLAIN: a place of its own in the window: deals, contacts
 * @CPT_ENTITY_SETTINGS: kept by an administrator, no place of its own: stages, tags, users
 * @CPT_ENTITY_SYSTEM: the application's own: saved views, dashboards, custom fields; can't have custom fields
 * @CPT_ENTITY_NEVER_NONE: the last one can't be deleted: pipelines, stages
 * @CPT_ENTITY_FACTS: no records at all but numbers of days, which are delivered by the thousand and asked for
 *   their sums: see store/facts. There are none in its table, and no door leads there. With CPT_ENTITY_SYSTEM
 * @CPT_ENTITY_UNSEEN: what is noted where something is set or arranged. It can be undone, but is nothing that
 *   people look through: the trash does not show it. With CPT_ENTITY_SYSTEM
 */
typedef enum
{
  CPT_ENTITY_PLAIN = 0,
  CPT_ENTITY_SETTINGS = 1 << 0,
  CPT_ENTITY_SYSTEM = 1 << 1,
  CPT_ENTITY_NEVER_NONE = 1 << 2,
  CPT_ENTITY_FACTS = 1 << 3,
  CPT_ENTITY_UNSEEN = 1 << 4,
} CptEntityFlags;

/**
 * CptEntity:
 * @name: lower-case SQL identifier; table, document type: never changes once released
 * @number: small and unique for ever; the log and the search index use it
 * @label: untranslated singular: "Deal"
 * @label_plural: untranslated: "Deals"
 * @icon: symbolic icon name
 * @colour: palette name
 * @flags: see #CptEntityFlags
 * @since: schema version in which it appeared
 * @declared: (array length=n_declared): the standard fields
 * @groups: ended by a NULL name; at least one
 * @title: name of the field that names a record for people
 * @subtitle: (nullable): path shown under the title in pickers and results
 * @columns: default list columns, NULL-terminated paths
 * @sort: default order: a field name, "-" in front for descending
 * @board: (nullable): name of the field whose values are the columns of a board at first
 * @figure: (nullable): name of the field with the amount that matters: on a card, added up below a column
 * @days: (nullable): names of date fields, NULL-terminated; a card shows the first one that is set
 * @moment: (nullable): for what happens with somebody: name of the field that says when, or "created_at"; such
 *   records are in the timelines of those that they link to
 * @manner: (nullable): name of the choice field by which they are told apart there
 * @messages: (nullable) (array zero-terminated=1): choices of @manner, declared or a
 *   workspace's own, that are messages there
 * @fields: (array length=n_fields): standard fields first, then custom ones; set by the schema
 * @form: set by the schema; see cpt_entity_get_form()
 *
 * One kind of record. Declarations leave @fields, @n_fields and @form zero.
 */
typedef struct
{
  const char           *name;
  guint                 number;
  const char           *label;
  const char           *label_plural;
  const char           *icon;
  const char           *colour;
  CptEntityFlags        flags;
  guint                 since;
  const CptField       *declared;
  guint                 n_declared;
  const CptFieldGroup  *groups;
  const char           *title;
  const char           *subtitle;
  const char *const    *columns;
  const char           *sort;
  const char           *board;
  const char           *figure;
  const char *const    *days;
  const char           *moment;
  const char           *manner;
  const char *const    *messages;

  const CptField      **fields;
  guint                 n_fields;
  const CptForm        *form;
} CptEntity;

/* Translated: "Deal", "Deals" */
const char     *cpt_entity_get_label        (const CptEntity *self);
const char     *cpt_entity_get_label_plural (const CptEntity *self);
/* (nullable): NULL when there is no such field; system fields are not found
 * here: see cpt_field_get_system() */
const CptField *cpt_entity_find_field       (const CptEntity *self,
                                             const char      *name);
/**
 * cpt_entity_find_link_to:
 * @self: a kind of record
 * @target: another one, or the same
 *
 * The first field by which a record of @self is about one of @target: a link to
 * a single record of that kind that nobody fills in by himself, as he does with
 * whose it is.
 *
 * Returns: (nullable): the field
 */
const CptField *cpt_entity_find_link_to     (const CptEntity *self,
                                             const CptEntity *target);
const CptField *cpt_entity_get_title_field  (const CptEntity *self);

G_END_DECLS
