/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that name other records. Each distinct text is worked out once and
 * remembered, in this order: the title whatever its case and accents; an
 * identifier; a key ("anna@example.org" for a user); the title whatever its
 * blanks and punctuation ("GTXPro" is "GTX Pro"); where the rule asks for it a
 * title with a slip of the pen; else a record is made or the row refused.
 *
 * Titles are kept in memory for the last two steps only while there are at
 * most MAX_TITLES; beyond, a text must be spelt like the title. New records
 * of kinds that are called by name are compared with them too, and one that
 * looks like another is told. What is
 * remembered is bounded too: records that exist are found again by the index. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

#define MAX_TITLES 50000
#define MAX_KNOWN 200000
/* Jaro-Winkler distance up to which two titles are one, slips included */
#define SIMILAR_DISTANCE 0.05
/* Shorter titles are like too many others */
#define SIMILAR_LENGTH 5
/* Titles that are compared; where more begin alike, a beginning tells little */
#define SIMILAR_MAX 2000

typedef struct
{
  CptUuid id;
  char *title;           /* (owned) */
  gboolean is_ambiguous; /* several records are called so; this is the oldest */
  gboolean is_alias;     /* the file calls it otherwise */
} Known;

typedef struct
{
  const CptEntity *entity;
  gboolean can_create; /* a title is all that a new one needs */
  gboolean is_named;   /* a title names one record in practice: two that look alike are worth a word */
  gboolean is_linked;  /* rows link to it */
  GHashTable *known;   /* folded text -> Known (owned) */
  GHashTable *former;  /* (nullable): what was known before @known was begun anew */
  gboolean has_titles;
  guint n_titles;
  GHashTable *squashed; /* letters and digits of a title -> Known (borrowed from titles) */
  GPtrArray *titles;    /* (element-type Known) (owned) */
  GHashTable *blocks;   /* first two bytes of squashed -> GPtrArray of squashed (borrowed from squashed) */
} Target;

struct _CptImportLinks
{
  CptDatabase *database; /* borrowed */
  CptImportPlan *plan;   /* borrowed */
  CptImportNotes *notes; /* borrowed */
  GHashTable *targets;   /* entity name -> Target (owned) */
  guint64 n_created;
};

static Known *
known_new (const CptUuid *id,
           const char    *title)
{
  Known *self = g_new0 (Known, 1);

  self->id = *id;
  self->title = g_strdup (title);

  return self;
}

static void
known_free (Known *self)
{
  g_free (self->title);
  g_free (self);
}

static GHashTable *
known_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) known_free);
}

static void
target_free (Target *self)
{
  g_hash_table_unref (self->known);
  g_clear_pointer (&self->former, g_hash_table_unref);
  g_hash_table_unref (self->blocks);
  g_hash_table_unref (self->squashed);
  g_ptr_array_unref (self->titles);
  g_free (self);
}

void
cpt_import_target_clear (CptImportTarget *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->message, g_free);
}

/* Whether a record of @entity is complete with its title alone */
static gboolean
is_complete_with_title (const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if ((field->flags & CPT_FIELD_REQUIRED) != 0 && field->initial == NULL &&
          !g_str_equal (field->name, entity->title))
        return FALSE;
    }

  return TRUE;
}

static Target *
get_target (CptImportLinks  *self,
            const CptEntity *entity)
{
  Target *target = g_hash_table_lookup (self->targets, entity->name);

  if (target != NULL)
    return target;

  target = g_new0 (Target, 1);
  target->entity = entity;
  target->can_create = is_complete_with_title (entity);
  target->is_named = (cpt_entity_get_title_field (entity)->flags & CPT_FIELD_KEY) != 0;
  target->known = known_table_new ();
  target->squashed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  target->titles = g_ptr_array_new_with_free_func ((GDestroyNotify) known_free);
  target->blocks = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_hash_table_insert (self->targets, (gpointer) entity->name, target);

  return target;
}

/* "GTX Pro", "GTXPro" and "gtx-pro" are "gtxpro" */
static char *
squash (const char *text)
{
  g_autofree char *folded = cpt_text_fold (text);
  GString *squashed = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        g_string_append_unichar (squashed, g_utf8_get_char (p));
    }

  return g_string_free (squashed, FALSE);
}

static gpointer
get_block (const char *squashed)
{
  return GUINT_TO_POINTER ((guint) (guchar) squashed[0] << 8 | (squashed[0] != '\0' ? (guchar) squashed[1] : 0));
}

static void
add_title (const CptUuid *id,
           const char    *title,
           gpointer       user_data)
{
  Target *target = user_data;
  char *squashed;
  GPtrArray *block;
  Known *known;

  if (++target->n_titles > MAX_TITLES)
    return;
  squashed = squash (title);
  if (*squashed == '\0' || g_hash_table_contains (target->squashed, squashed))
    {
      g_free (squashed);
      return;
    }

  known = known_new (id, title);
  g_ptr_array_add (target->titles, known);
  g_hash_table_insert (target->squashed, squashed, known);
  block = g_hash_table_lookup (target->blocks, get_block (squashed));
  if (block == NULL)
    {
      block = g_ptr_array_new ();
      g_hash_table_insert (target->blocks, get_block (squashed), block);
    }
  g_ptr_array_add (block, squashed);
}

static gboolean
ensure_titles (CptImportLinks  *self,
               Target          *target,
               GError         **error)
{
  if (target->has_titles)
    return TRUE;
  target->has_titles = TRUE;

  return cpt_find_each_title (self->database, target->entity, MAX_TITLES + 1, add_title, target, error);
}

static Known *
remember (Target        *target,
          const char    *folded,
          const CptUuid *id,
          const char    *title)
{
  Known *known = known_new (id, title);

  /* What was made in the slice at hand is not in the file yet, so half of what
   * is known always stays */
  if (g_hash_table_size (target->known) >= MAX_KNOWN / 2)
    {
      g_clear_pointer (&target->former, g_hash_table_unref);
      target->former = g_steal_pointer (&target->known);
      target->known = known_table_new ();
    }
  g_hash_table_insert (target->known, g_strdup (folded), known);

  return known;
}

static Known *
recall (Target     *target,
        const char *folded)
{
  Known *known = g_hash_table_lookup (target->known, folded);

  if (known == NULL && target->former != NULL)
    known = g_hash_table_lookup (target->former, folded);

  return known;
}

static gboolean
find_by_field (CptImportLinks  *self,
               Target          *target,
               const CptField  *field,
               const char      *text,
               const char      *folded,
               Known          **known,
               GError         **error)
{
  CptParseOptions options = { 0 };
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *message = NULL;
  CptUuid id;
  guint n_found = 0;

  options.country = cpt_database_get_country (self->database);
  if (!cpt_field_parse (field, text, &options, &value, NULL) ||
      !cpt_field_normalise (field, &value, &message) || cpt_value_is_null (&value))
    return TRUE;
  if (!cpt_find_value (self->database, target->entity, field, &value, &id, &n_found, error))
    return FALSE;

  if (n_found > 0)
    {
      g_autofree char *title = cpt_database_dup_title (self->database, target->entity, &id);

      *known = remember (target, folded, &id, title != NULL ? title : text);
      (*known)->is_ambiguous = n_found > 1;
    }

  return TRUE;
}

static gboolean
find_existing (CptImportLinks  *self,
               Target          *target,
               const char      *text,
               const char      *folded,
               Known          **known,
               GError         **error)
{
  const CptField *title_field = cpt_entity_get_title_field (target->entity);
  CptUuid id;

  if (!find_by_field (self, target, title_field, text, folded, known, error))
    return FALSE;
  if (*known != NULL)
    return TRUE;

  if (cpt_uuid_parse (text, &id))
    {
      g_autofree char *title = NULL;

      cpt_find_free_id (self->database, target->entity, &id);
      title = cpt_database_dup_title (self->database, target->entity, &id);
      if (title != NULL)
        *known = remember (target, folded, &id, title);
      return TRUE;
    }

  for (guint i = 0; i < target->entity->n_fields && *known == NULL; i++)
    {
      const CptField *field = target->entity->fields[i];

      if ((field->flags & CPT_FIELD_KEY) != 0 && field != title_field &&
          !find_by_field (self, target, field, text, folded, known, error))
        return FALSE;
    }

  return TRUE;
}

/* Numbers in names are never slips of the pen */
static gboolean
has_same_digits (const char *a,
                 const char *b)
{
  for (;;)
    {
      while (*a != '\0' && !g_ascii_isdigit (*a))
        a++;
      while (*b != '\0' && !g_ascii_isdigit (*b))
        b++;
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

/* The nearest title, if it is near and no other is as near */
static Known *
find_similar (Target     *target,
              const char *squashed)
{
  GPtrArray *block = g_hash_table_lookup (target->blocks, get_block (squashed));
  gsize length = strlen (squashed);
  const char *nearest = NULL;
  double nearest_distance = SIMILAR_DISTANCE;

  if (block == NULL || block->len > SIMILAR_MAX || length < SIMILAR_LENGTH)
    return NULL;

  for (guint i = 0; i < block->len; i++)
    {
      const char *other = g_ptr_array_index (block, i);
      gsize other_length = strlen (other);
      double distance;

      if (other_length + 2 < length || other_length > length + 2 || !has_same_digits (squashed, other))
        continue;
      distance = cpt_text_get_distance (squashed, other);
      if (distance < nearest_distance)
        {
          nearest = other;
          nearest_distance = distance;
        }
    }

  return nearest != NULL ? g_hash_table_lookup (target->squashed, nearest) : NULL;
}

static gboolean
find_alike (CptImportLinks       *self,
            Target               *target,
            const CptImportSlot  *slot,
            const char           *text,
            const char           *folded,
            Known               **known,
            GError              **error)
{
  g_autofree char *squashed = squash (text);
  Known *alike;

  if (*squashed == '\0')
    return TRUE;
  if (!ensure_titles (self, target, error))
    return FALSE;

  alike = g_hash_table_lookup (target->squashed, squashed);
  if (alike == NULL && slot->column->link_rule == CPT_IMPORT_LINK_SIMILAR && target->n_titles <= MAX_TITLES)
    alike = find_similar (target, squashed);
  if (alike != NULL)
    {
      *known = remember (target, folded, &alike->id, alike->title);
      (*known)->is_alias = TRUE;
    }

  return TRUE;
}

/* Who is made because a row calls him its manager is one: the choice that is
 * called like the link */
static void
apply_part (CptRecord      *record,
            const CptField *link)
{
  const CptEntity *entity = cpt_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      CptValue value = CPT_VALUE_INIT;

      if (field->kind != CPT_FIELD_CHOICE || cpt_field_find_choice (field, link->name) == NULL)
        continue;
      cpt_value_set_text (&value, link->name);
      cpt_record_take (record, field, value);
    }
}

static Known *
create_target (CptImportLinks  *self,
               Target          *target,
               const CptField  *link,
               const char      *text,
               const char      *folded,
               CptTransaction  *transaction,
               char           **message)
{
  const CptField *field = cpt_entity_get_title_field (target->entity);
  g_autoptr(CptRecord) record = cpt_record_new (self->plan->schema, target->entity);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gint64 now = cpt_database_get_now (self->database);

  cpt_value_set_text (&value, text);
  if (!cpt_field_normalise (field, &value, message))
    return NULL;

  cpt_record_apply_initial (record, now, cpt_database_get_author (self->database),
                            cpt_database_get_zone (self->database));
  cpt_record_take (record, field, cpt_value_steal (&value));
  apply_part (record, link);
  cpt_uuid_generate (&record->id, now / 1000);
  if (transaction != NULL)
    cpt_transaction_create_fresh (transaction, record);

  self->n_created++;
  cpt_import_notes_made (self->notes, target->entity, text);
  if (target->has_titles)
    add_title (&record->id, text, target);

  return remember (target, folded, &record->id, text);
}

static CptImportLinkResult
refuse (CptImportTarget *target,
        const CptEntity *entity,
        const char      *text)
{
  /* Translators: a kind of record, then the name that was looked for */
  target->message = g_strdup_printf (_("No %s is called “%s”."), cpt_entity_get_label (entity), text);

  return CPT_IMPORT_LINK_REFUSED;
}

static CptImportLinkResult
give (CptImportTarget *target,
      const Known     *known)
{
  target->id = known->id;
  target->title = g_strdup (known->title);
  target->is_ambiguous = known->is_ambiguous;

  return CPT_IMPORT_LINK_FOUND;
}

static void
note_taken (CptImportLinks      *self,
            const CptImportSlot *slot,
            const char          *text,
            const Known         *known)
{
  if (known->is_alias)
    cpt_import_notes_taken (self->notes, slot->column->header, text, known->title);
}

static gboolean
is_called (CptImportLinks  *self,
           const CptEntity *entity,
           const CptUuid   *id,
           const char      *name)
{
  g_autofree char *title = cpt_database_dup_title (self->database, entity, id);
  g_autofree char *folded = cpt_text_fold (title != NULL ? title : "");
  g_autofree char *wanted = cpt_text_fold (name);

  return g_str_equal (folded, wanted);
}

void
cpt_import_links_settle (CptImportLinks      *self,
                         const CptImportSlot *slot,
                         const CptValue      *present,
                         CptImportTarget     *target)
{
  const CptEntity *entity = cpt_schema_get_target (self->plan->schema, slot->field);
  const CptUuid *ids = NULL;
  guint n_ids = 0;
  g_autofree char *sentence = NULL;

  if (!target->is_ambiguous)
    return;

  if (present != NULL && present->type == CPT_VALUE_ID)
    {
      ids = &present->id;
      n_ids = 1;
    }
  else if (present != NULL && present->type == CPT_VALUE_IDS)
    {
      ids = present->ids.items;
      n_ids = present->ids.length;
    }
  for (guint i = 0; i < n_ids; i++)
    if (is_called (self, entity, &ids[i], target->title))
      {
        target->id = ids[i];
        return;
      }

  sentence = g_strdup_printf (_("%s: several records are called “%s”; the oldest one was used"), slot->column->header,
                              target->title);
  cpt_import_notes_add (self->notes, sentence);
}

CptImportLinkResult
cpt_import_links_resolve (CptImportLinks       *self,
                          const CptImportSlot  *slot,
                          const char           *text,
                          gboolean              may_wait,
                          CptTransaction       *transaction,
                          CptImportTarget      *result,
                          GError              **error)
{
  Target *target = get_target (self, cpt_schema_get_target (self->plan->schema, slot->field));
  g_autofree char *folded = cpt_text_fold (text);
  Known *known;

  target->is_linked = TRUE;
  if (slot->values != NULL && g_hash_table_contains (slot->values, folded))
    {
      text = g_hash_table_lookup (slot->values, folded);
      if (*text == '\0')
        return CPT_IMPORT_LINK_NONE;
      g_free (folded);
      folded = cpt_text_fold (text);
    }

  known = recall (target, folded);
  if (known == NULL && !find_existing (self, target, text, folded, &known, error))
    return CPT_IMPORT_LINK_FAILED;
  if (known == NULL && may_wait)
    return CPT_IMPORT_LINK_LATER;
  if (known == NULL && slot->column->link_rule != CPT_IMPORT_LINK_REJECT &&
      !find_alike (self, target, slot, text, folded, &known, error))
    return CPT_IMPORT_LINK_FAILED;
  if (known != NULL)
    {
      note_taken (self, slot, text, known);
      return give (result, known);
    }

  if (slot->column->link_rule == CPT_IMPORT_LINK_EMPTY)
    return CPT_IMPORT_LINK_NONE;
  if (slot->column->link_rule == CPT_IMPORT_LINK_REJECT || !target->can_create)
    return refuse (result, target->entity, text);

  known = create_target (self, target, slot->field, text, folded, transaction, &result->message);

  return known != NULL ? give (result, known) : CPT_IMPORT_LINK_REFUSED;
}

/* A new record that is called nearly as one that is there already */
static gboolean
note_alike (CptImportLinks  *self,
            Target          *target,
            const char      *title,
            GError         **error)
{
  g_autofree char *squashed = NULL;
  g_autofree char *sentence = NULL;
  const Known *alike;

  if (!ensure_titles (self, target, error))
    return FALSE;
  /* Among so many, nobody reads what looks alike */
  if (target->n_titles > MAX_TITLES)
    return TRUE;

  squashed = squash (title);
  alike = g_hash_table_lookup (target->squashed, squashed);
  if (alike == NULL)
    return TRUE;

  if (g_str_equal (alike->title, title))
    /* Translators: a kind of record, then its name */
    sentence = g_strdup_printf (_("%s “%s”: there is one of that name already; both are kept"),
                                cpt_entity_get_label (target->entity), title);
  else
    /* Translators: a kind of record, then two names: "Product “GTX Pro” looks like “GTXPro”…" */
    sentence = g_strdup_printf (_("%s “%s” looks like “%s”, which is there already; both are kept: merge them if they are one"),
                                cpt_entity_get_label (target->entity), title, alike->title);
  cpt_import_notes_add (self->notes, sentence);

  return TRUE;
}

gboolean
cpt_import_links_add (CptImportLinks  *self,
                      CptRecord       *record,
                      GError         **error)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  Target *target = get_target (self, entity);
  const char *title = cpt_record_get_text (record, entity->title);

  if (title == NULL)
    return TRUE;
  if (target->is_named && !note_alike (self, target, title, error))
    return FALSE;

  /* Rows in front of the first link are found in the workspace */
  if (target->is_linked)
    {
      g_autofree char *folded = cpt_text_fold (title);

      if (recall (target, folded) == NULL)
        remember (target, folded, &record->id, title);
    }
  if (target->has_titles)
    add_title (&record->id, title, target);

  return TRUE;
}

CptImportLinks *
cpt_import_links_new (CptDatabase    *database,
                      CptImportPlan  *plan,
                      CptImportNotes *notes)
{
  CptImportLinks *self = g_new0 (CptImportLinks, 1);

  self->database = database;
  self->plan = plan;
  self->notes = notes;
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) target_free);

  return self;
}

void
cpt_import_links_free (CptImportLinks *self)
{
  g_hash_table_unref (self->targets);
  g_free (self);
}

guint64
cpt_import_links_get_n_created (CptImportLinks *self)
{
  return self->n_created;
}
