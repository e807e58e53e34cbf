/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cpt-identifier.h"

G_BEGIN_DECLS

/**
 * CptFieldKind:
 *
 * What a field holds. New kinds are appended; tables over kinds are checked
 * against CPT_N_FIELD_KINDS at compile time.
 *
 * In brackets: the type of its #CptValue and what is in it.
 */
typedef enum
{
  CPT_FIELD_TEXT, /* [text] one line */
  CPT_FIELD_LONG_TEXT, /* [text] many lines */
  CPT_FIELD_INTEGER, /* [integer] */
  CPT_FIELD_DECIMAL, /* [integer] scaled by 10^scale: exact */
  CPT_FIELD_MONEY, /* [money] minor units and currency */
  CPT_FIELD_PERCENT, /* [integer] hundredths of a percent: 12.5 % is 1250 */
  CPT_FIELD_BOOLEAN, /* [integer] 0 or 1 */
  CPT_FIELD_DATE, /* [integer] days since 1970-01-01 */
  CPT_FIELD_DATETIME, /* [integer] microseconds since the Unix epoch, UTC */
  CPT_FIELD_DURATION, /* [integer] seconds */
  CPT_FIELD_CHOICE, /* [text] name of one of the choices */
  CPT_FIELD_MULTI_CHOICE, /* [texts] names of choices */
  CPT_FIELD_TAGS, /* [texts] free words */
  CPT_FIELD_LINK, /* [id] of a record of the target entity */
  CPT_FIELD_LINKS, /* [ids] of records of the target entity */
  CPT_FIELD_EMAIL, /* [text] RFC 5321 address, domain in lower case */
  CPT_FIELD_PHONE, /* [text] E.164 */
  CPT_FIELD_URL, /* [text] absolute, http(s) */
  CPT_FIELD_COUNTRY, /* [text] ISO 3166-1 alpha-2 */
  CPT_FIELD_ADDRESS, /* [text] canonical JSON object: street, complement, postcode, city, region, country */
  CPT_FIELD_IDENTIFIER, /* [text] normalised, checked by its scheme */
  CPT_FIELD_JSON, /* [text] canonical JSON */
  CPT_FIELD_ATTACHMENT, /* [text] canonical JSON object: name, type, size, sha256 */
  CPT_FIELD_RECURRENCE, /* [text] a rule of RFC 5545 in whole days, canonical: see cpt-recurrence.h */
  CPT_N_FIELD_KINDS
} CptFieldKind;

/** cpt_field_kind_is_text: Returns: whether it holds plain text, of one line or of many */
gboolean cpt_field_kind_is_text (CptFieldKind self);

/** cpt_field_kind_is_choice: Returns: whether it holds one or some of its field's choices */
gboolean cpt_field_kind_is_choice (CptFieldKind self);

/** cpt_field_kind_is_link: Returns: whether it leads to one record or to many */
gboolean cpt_field_kind_is_link (CptFieldKind self);

/**
 * CptFieldFlags:
 *
 * What the house does with a field besides keeping it.
 */
typedef enum
{
  CPT_FIELD_PLAIN = 0,
  CPT_FIELD_REQUIRED = 1 << 0, /* a record without it is refused at the door */
  CPT_FIELD_SEARCHABLE = 1 << 1, /* its words are in the full-text index */
  CPT_FIELD_INDEXED = 1 << 2, /* sorted or filtered often: has an SQL index */
  CPT_FIELD_READ_ONLY = 1 << 3, /* set by behaviours, not by people */
  CPT_FIELD_KEY = 1 << 4, /* names one record in practice: import matches by it */
  CPT_FIELD_HIDDEN = 1 << 5, /* not offered in forms, lists and filters */
  CPT_FIELD_UNGROUPED = 1 << 6, /* an integer that is shown without separators, such as a year: 1964 */
  CPT_FIELD_CONSENT = 1 << 7, /* what somebody agreed to: when records are merged, a refusal wins */
  CPT_FIELD_NAME = 1 << 8, /* a text that names the record as its title does: compared when duplicates are looked for */
  CPT_FIELD_DOMAIN = 1 << 9, /* a text that is the name of a host on the internet: likewise */
  CPT_FIELD_NEEDED = 1 << 10, /* a link: what it leads to can't be deleted before; required links are so without it */
  CPT_FIELD_FIXED_CHOICES = 1 << 11, /* its choices are all that the program knows: none is added or taken away */
} CptFieldFlags;

/* See cpt-expression.h */
typedef struct _CptExpression CptExpression;

/* How much care its content needs (GDPR, article 4 and 9) */
typedef enum
{
  CPT_PRIVACY_NONE,
  CPT_PRIVACY_PERSONAL,
  CPT_PRIVACY_SENSITIVE,
} CptPrivacy;

/**
 * CptChoice:
 * @name: what is stored
 * @label: untranslated, context "choice"; as a person wrote it when @is_own
 * @colour: (nullable): palette name: blue, green, yellow, orange, red, purple, brown, grey
 * @is_needed: behaviours know it by its name: it can't be taken away
 * @is_own: whether its label is a workspace's own; set by the schema
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *colour;
  gboolean    is_needed;
  gboolean    is_own;
} CptChoice;

/**
 * CptField:
 * @name: lower-case SQL identifier; column, JSON member, filter name: never changes once released
 * @label: untranslated; a custom field's label as the user wrote it
 * @help: (nullable): one sentence for people, untranslated
 * @kind: what it holds
 * @flags: see #CptFieldFlags
 * @privacy: see #CptPrivacy
 * @group: (nullable): name of the form group it belongs to; the entity's first group when NULL
 * @choices: (nullable): for choice kinds; ended by a NULL name
 * @target: (nullable): for link kinds: name of the entity linked to
 * @back_label: (nullable): for link kinds: what the target's page calls the records that link to it
 * @none_label: (nullable): for links and choices: what records without one are called together, untranslated
 * @initial: (nullable): machine text (as in CSV) of the value that new records get; "now", "today" and "me" for dates and users
 * @unit: (nullable): shown behind numbers, untranslated
 * @scale: digits behind the point, for decimals
 * @max_length: in characters, for text kinds; 0 is the kind's own limit
 * @min: least integer; no limit when @min and @max are equal
 * @max: greatest integer
 * @scheme: for identifiers
 * @formula: (nullable): custom fields: what works its value out; such a field is read-only
 * @since: schema version in which it appeared
 * @index: position in the entity; set by the schema, 0 in declarations
 * @is_custom: whether a user added it at run time; set by the schema
 * @expression: (nullable): @formula when it could be read; set by the schema, which owns it
 *
 * One field of an entity. Standard fields are const tables; a custom field
 * fills the same struct from data.
 */
typedef struct
{
  const char      *name;
  const char      *label;
  const char      *help;
  CptFieldKind     kind;
  CptFieldFlags    flags;
  CptPrivacy       privacy;
  const char      *group;
  const CptChoice *choices;
  const char      *target;
  const char      *back_label;
  const char      *none_label;
  const char      *initial;
  const char      *unit;
  guint            scale;
  guint            max_length;
  gint64           min;
  gint64           max;
  CptIdentifier    scheme;
  const char      *formula;
  guint            since;
  guint            index;
  gboolean         is_custom;
  CptExpression   *expression;
} CptField;

/* The label in the language of the session (custom labels as they are) */
const char      *cpt_field_get_label   (const CptField *self);
/* Whether records can't be deleted while others link to them by this field */
gboolean         cpt_field_is_needed   (const CptField *self);
/* (nullable): by the name that is stored */
const CptChoice *cpt_field_find_choice (const CptField *self,
                                        const char     *name);
/* In the language of the session; labels of users as they are */
const char      *cpt_choice_get_label  (const CptChoice *self);

G_END_DECLS
