/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person should know about an import: sentences, each kept once with a
 * count. The number of different sentences is bounded, so that a file of
 * nothing but surprises does not fill the memory. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>

#define MAX_NOTES 200

typedef struct
{
  char *sentence; /* (owned) */
  guint64 count;
} Note;

struct _CptImportNotes
{
  GPtrArray *notes;        /* (element-type Note): in the order of their first time */
  GHashTable *by_sentence; /* borrowed from notes */
  guint64 n_more;
};

static void
note_free (Note *note)
{
  g_free (note->sentence);
  g_free (note);
}

CptImportNotes *
cpt_import_notes_new (void)
{
  CptImportNotes *self = g_new0 (CptImportNotes, 1);

  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);
  self->by_sentence = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
cpt_import_notes_free (CptImportNotes *self)
{
  g_hash_table_unref (self->by_sentence);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
add_count (CptImportNotes *self,
           const char     *sentence,
           guint64         count)
{
  Note *note = g_hash_table_lookup (self->by_sentence, sentence);

  if (note == NULL)
    {
      if (self->notes->len >= MAX_NOTES)
        {
          self->n_more += count;
          return;
        }
      note = g_new0 (Note, 1);
      note->sentence = g_strdup (sentence);
      g_ptr_array_add (self->notes, note);
      g_hash_table_insert (self->by_sentence, note->sentence, note);
    }

  note->count += count;
}

void
cpt_import_notes_add (CptImportNotes *self,
                      const char     *sentence)
{
  add_count (self, sentence, 1);
}

void
cpt_import_notes_add_times (CptImportNotes *self,
                            const char     *sentence,
                            guint64         count)
{
  add_count (self, sentence, count);
}

void
cpt_import_notes_taken (CptImportNotes *self,
                        const char     *header,
                        const char     *from,
                        const char     *to)
{
  g_autofree char *sentence = g_strdup_printf (_("%s: “%s” was read as “%s”"), header, from, to);

  add_count (self, sentence, 1);
}

void
cpt_import_notes_made (CptImportNotes  *self,
                       const CptEntity *entity,
                       const char      *title)
{
  /* Translators: first a kind of record, then its name: "Stage “Engaging” is new" */
  g_autofree char *sentence = g_strdup_printf (_("%s “%s” is new: it was created because the file names it"),
                                               cpt_entity_get_label (entity), title);

  add_count (self, sentence, 1);
}

void
cpt_import_notes_unresolved (CptImportNotes *self,
                             guint64         line,
                             const char     *header,
                             const char     *message)
{
  g_autofree char *sentence = g_strdup_printf (_("Line %llu: %s: %s The field was left empty."), (unsigned long long) line,
                                               header, message);

  add_count (self, sentence, 1);
}

void
cpt_import_notes_cleaned (CptImportNotes *self,
                          guint64         n)
{
  g_autofree char *sentence = g_strdup_printf (ngettext ("Control characters were removed from %lu value",
                                                         "Control characters were removed from %lu values", (gulong) n),
                                               (gulong) n);

  if (n > 0)
    add_count (self, sentence, 1);
}

/* Of a link that would close a circle, whose row is stored already */
void
cpt_import_notes_refused (CptImportNotes   *self,
                          GArray           *deferred,
                          const CptProblem *problem)
{
  for (guint i = 0; problem->field != NULL && i < deferred->len; i++)
    {
      const CptImportDeferred *link = &g_array_index (deferred, CptImportDeferred, i);

      if (cpt_uuid_equal (&link->id, &problem->id) && g_str_equal (link->slot->field->name, problem->field->name))
        {
          cpt_import_notes_unresolved (self, link->line, link->slot->column->header, problem->message);
          return;
        }
    }

  cpt_import_notes_add (self, problem->message);
}

void
cpt_import_notes_merge (CptImportNotes *self,
                        CptImportNotes *other)
{
  for (guint i = 0; i < other->notes->len; i++)
    {
      Note *note = g_ptr_array_index (other->notes, i);

      add_count (self, note->sentence, note->count);
    }
  self->n_more += other->n_more;
}

GPtrArray *
cpt_import_notes_list (CptImportNotes *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = g_ptr_array_index (self->notes, i);

      if (note->count == 1)
        g_ptr_array_add (list, g_strdup (note->sentence));
      else
        /* Translators: a sentence and how often it was true */
        g_ptr_array_add (list, g_strdup_printf (ngettext ("%s (%lu time)",
                                                          "%s (%lu times)", (gulong) note->count),
                                                note->sentence, (gulong) note->count));
    }
  if (self->n_more > 0)
    g_ptr_array_add (list, g_strdup_printf (ngettext ("%lu more remark was left out.",
                                                      "%lu more remarks were left out.", (gulong) self->n_more),
                                            (gulong) self->n_more));

  return list;
}
