/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rules of the workspace, asked of what is being typed. Nothing here waits:
 * a condition that goes through a link finds its record in a table, and where
 * it is not there yet the page stays as it is until it has been read.
 */

#include "config.h"

#include "cpt-record-rules.h"

#include <adwaita.h>

#include "cpt-form.h"

struct _CptRecordRules
{
  CptStore *store;
  const CptEntity *entity; /* lives as long as the page's schema */
  GPtrArray *editors;      /* (owned): CptFieldEditor */
  gboolean *is_aside;      /* (owned): of each: the layout of the page leaves it out */
  gboolean *is_out;        /* (owned): of each: a rule leaves it out now */
  CptRecordRulesPeekFunc peek;
  void (*settled) (gpointer page);
  gpointer page;
  gboolean is_draft;
  gboolean is_locked;
  GHashTable *linked; /* "entity identifier" -> CptRecord, or the key itself when it is not there */
  GArray *wanted;     /* Wanted: what was missing in the last round */
  GCancellable *cancellable;
};

typedef struct
{
  char entity[64];
  CptUuid id;
} Wanted;

static char *
dup_key (const char    *entity,
         const CptUuid *id)
{
  g_autofree char *text = cpt_uuid_dup_text (id);

  return g_strdup_printf ("%s %s", entity, text);
}

static void
linked_free (gpointer data)
{
  if (data != NULL)
    cpt_record_unref (data);
}

static void
forget (CptRecordRules *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->linked);
}

CptRecordRules *
cpt_record_rules_new (CptStore               *store,
                      const CptEntity        *entity,
                      GPtrArray              *editors,
                      CptRecordRulesPeekFunc  peek,
                      GCallback               settled,
                      gpointer                page)
{
  CptRecordRules *self = g_new0 (CptRecordRules, 1);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->editors = g_ptr_array_ref (editors);
  self->is_aside = g_new0 (gboolean, editors->len + 1);
  self->is_out = g_new0 (gboolean, editors->len + 1);
  for (guint i = 0; i < editors->len; i++)
    self->is_aside[i] = cpt_form_is_hidden (cpt_entity_get_form (entity),
                                            cpt_field_editor_get_field (g_ptr_array_index (editors, i)));
  self->peek = peek;
  self->settled = (void (*) (gpointer)) settled;
  self->page = page;
  self->linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, linked_free);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  self->cancellable = g_cancellable_new ();

  return self;
}

void
cpt_record_rules_free (CptRecordRules *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->linked, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_object (&self->store);
  g_free (self->is_aside);
  g_free (self->is_out);
  g_free (self);
}

/* Records behind links */

typedef struct
{
  CptRecordRules *self; /* only looked at when it was not cancelled, which its end does */
  GArray *wanted;       /* (owned): Wanted */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_array_unref (reading->wanted);
  g_free (reading);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const GArray *wanted = data;
  GPtrArray *records = g_ptr_array_new_with_free_func (linked_free);

  for (guint i = 0; i < wanted->len; i++)
    {
      const Wanted *one = &g_array_index (wanted, Wanted, i);
      const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), one->entity);

      g_ptr_array_add (records, entity != NULL ? cpt_database_load (database, entity, &one->id, NULL) : NULL);
    }

  return records;
}

static void apply (CptRecordRules *self);

static void
linked_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = cpt_store_finish (CPT_STORE (source), result, &error);

  if (records != NULL)
    {
      for (guint i = 0; i < records->len; i++)
        {
          const Wanted *one = &g_array_index (reading->wanted, Wanted, i);
          CptRecord *record = g_ptr_array_index (records, i);

          g_hash_table_replace (reading->self->linked, dup_key (one->entity, &one->id),
                                record != NULL ? cpt_record_ref (record) : NULL);
        }
      apply (reading->self);
    }
  reading_free (reading);
}

static void
read_wanted (CptRecordRules *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = self;
  reading->wanted = g_array_copy (self->wanted);
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_in_worker, g_array_ref (reading->wanted),
                        (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                        linked_read_cb, reading);
}

static CptRecord *
load (gpointer         data,
      const CptEntity *entity,
      const CptUuid   *id)
{
  CptRecordRules *self = data;
  g_autofree char *key = dup_key (entity->name, id);
  gpointer record = NULL;
  Wanted wanted = { .id = *id };

  if (g_hash_table_lookup_extended (self->linked, key, NULL, &record))
    return record != NULL ? cpt_record_ref (record) : NULL;

  g_strlcpy (wanted.entity, entity->name, sizeof wanted.entity);
  g_array_append_val (self->wanted, wanted);

  return NULL;
}

/* Showing */

/* What the layout leaves out comes to light while a rule asks for it. */
static void
show_state (CptRecordRules      *self,
            guint                index,
            const CptFieldState *state)
{
  CptFieldEditor *editor = g_ptr_array_index (self->editors, index);
  const CptField *field = cpt_field_editor_get_field (editor);
  gboolean is_own = (field->flags & CPT_FIELD_READ_ONLY) != 0;

  self->is_out[index] = state->is_hidden;
  gtk_widget_set_visible (cpt_field_editor_get_row (editor),
                          !state->is_hidden && (!self->is_aside[index] || state->is_required));
  cpt_field_editor_set_required (editor, state->is_required);
  cpt_field_editor_set_allowed (editor, (const char *const *) state->allowed);
  cpt_field_editor_set_read_only (editor, self->is_locked || (self->is_draft ? is_own : state->is_read_only));
}

/* A heading without a field below it is not shown. */
static void
show_groups (CptRecordRules *self)
{
  GtkWidget *last = NULL;
  gboolean is_any = FALSE;

  for (guint i = 0; i < self->editors->len; i++)
    {
      GtkWidget *row = cpt_field_editor_get_row (g_ptr_array_index (self->editors, i));
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      if (group != last && last != NULL)
        gtk_widget_set_visible (last, is_any);
      is_any = (group == last && is_any) || gtk_widget_get_visible (row);
      last = group;
    }
  if (last != NULL)
    gtk_widget_set_visible (last, is_any);
}

/* At once, whatever is still to be read */
static void
lock (CptRecordRules *self)
{
  for (guint i = 0; self->is_locked && i < self->editors->len; i++)
    cpt_field_editor_set_read_only (g_ptr_array_index (self->editors, i), TRUE);
}

static void
apply (CptRecordRules *self)
{
  CptRules *rules = cpt_store_get_rules (self->store);
  g_autoptr(CptRecord) record = self->peek (self->page);
  g_autofree CptFieldState *states = g_new0 (CptFieldState, self->editors->len);
  CptFilterHost host = {
    .now = cpt_clock_get_now (cpt_store_get_clock (self->store)),
    .zone = cpt_store_get_zone (self->store),
    .author = cpt_store_get_author (self->store),
    .load = load,
    .data = self,
  };

  if (record == NULL)
    return;

  g_array_set_size (self->wanted, 0);
  for (guint i = 0; i < self->editors->len; i++)
    cpt_rules_get_state (rules, &host, record, cpt_field_editor_get_field (g_ptr_array_index (self->editors, i)), &states[i]);

  if (self->wanted->len > 0)
    {
      lock (self);
      read_wanted (self);
    }
  else
    {
      for (guint i = 0; i < self->editors->len; i++)
        show_state (self, i, &states[i]);
      show_groups (self);
      self->settled (self->page);
    }
  for (guint i = 0; i < self->editors->len; i++)
    cpt_field_state_clear (&states[i]);
}

void
cpt_record_rules_apply (CptRecordRules *self,
                        gboolean        is_draft,
                        gboolean        is_locked)
{
  g_return_if_fail (self != NULL);

  self->is_draft = is_draft;
  self->is_locked = is_locked;
  apply (self);
}

void
cpt_record_rules_forget (CptRecordRules *self)
{
  g_return_if_fail (self != NULL);

  forget (self);
}

void
cpt_record_rules_fill (CptRecordRules *self,
                       CptRecord      *draft)
{
  static const CptValue nothing = CPT_VALUE_INIT;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      cpt_record_set (draft, cpt_field_editor_get_field (editor),
                      self->is_out[i] ? &nothing : cpt_field_editor_get_value (editor));
    }
}
