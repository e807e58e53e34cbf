/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stages ask for before a deal goes on: of which field they do, and what a
 * deal lacks on its way from one to another. */

#include "config.h"

#include "cpt-stage-exit.h"

#include "../store/store-fixture.h"

/* Four stages of a pipeline, one of them for what is lost, and one of another;
 * the first asks for an amount, the second for it and for the next step. */
typedef struct
{
  Fixture store;
  CptUuid first;
  CptUuid second;
  CptUuid third;
  CptUuid lost;
  CptUuid other;
  CptUuid deal;
} Stages;

static CptUuid
create_stage (Stages        *self,
              const CptUuid *pipeline,
              gint64         position,
              const char    *kind,
              const char    *asked)
{
  g_autoptr(CptRecord) stage = new_record (&self->store, "stage", "name", "A stage");
  CptValue value = CPT_VALUE_INIT;

  set_link (stage, "pipeline", pipeline);
  set_text (stage, "kind", kind);
  cpt_value_set_integer (&value, position);
  cpt_record_take (stage, get_field (&self->store, "stage", "position"), value);
  if (asked != NULL)
    {
      value = (CptValue) CPT_VALUE_INIT;
      cpt_value_take_texts (&value, g_strsplit (asked, ";", -1));
      cpt_record_take (stage, get_field (&self->store, "stage", "exit_fields"), value);
    }
  create_ok (&self->store, stage);

  return stage->id;
}

static void
set_up (Stages        *self,
        gconstpointer  data)
{
  g_autoptr(CptRecord) pipeline = NULL;
  g_autoptr(CptRecord) second = NULL;
  g_autoptr(CptRecord) deal = NULL;

  fixture_set_up (&self->store, data);
  pipeline = new_record (&self->store, "pipeline", "name", "Sales");
  second = new_record (&self->store, "pipeline", "name", "Service");
  create_ok (&self->store, pipeline);
  create_ok (&self->store, second);
  self->third = create_stage (self, &pipeline->id, 30, "open", NULL);
  self->first = create_stage (self, &pipeline->id, 10, "open", "amount");
  self->second = create_stage (self, &pipeline->id, 20, "open", "next_step;amount");
  self->lost = create_stage (self, &pipeline->id, 40, "lost", NULL);
  self->other = create_stage (self, &second->id, 50, "open", NULL);
  deal = new_record (&self->store, "deal", "name", "Roof");
  set_link (deal, "stage", &self->first);
  create_ok (&self->store, deal);
  self->deal = deal->id;
}

static void
tear_down (Stages        *self,
           gconstpointer  data)
{
  fixture_tear_down (&self->store, data);
}

static void
test_applies (Stages        *self,
              gconstpointer  data)
{
  const CptEntity *deals = get_entity (&self->store, "deal");
  const CptEntity *tasks = get_entity (&self->store, "task");

  g_assert_true (cpt_stage_exit_applies (deals, get_field (&self->store, "deal", "stage")));
  g_assert_false (cpt_stage_exit_applies (deals, get_field (&self->store, "deal", "owner")));
  g_assert_false (cpt_stage_exit_applies (tasks, get_field (&self->store, "task", "status")));
}

/* Names of what the deal lacks, with blanks between them */
static void
assert_missing_fields (Stages        *self,
                       const CptUuid *from,
                       const CptUuid *to,
                       const char    *expected)
{
  g_autoptr(CptRecord) deal = load_ok (&self->store, "deal", &self->deal);
  g_autoptr(CptRecord) stage = cpt_database_load (self->store.database, get_entity (&self->store, "stage"), to, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) missing = cpt_stage_exit_find_missing (self->store.database, deal, from, stage, &error);
  g_autoptr(GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((const CptField *) g_ptr_array_index (missing, i))->name);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_going_on (Stages        *self,
               gconstpointer  data)
{
  assert_missing_fields (self, &self->first, &self->second, "amount");
  /* All stages on the way are asked, each field once. */
  assert_missing_fields (self, &self->first, &self->third, "amount next_step");

  set_text_ok (&self->store, "deal", &self->deal, "next_step", "Sign");
  assert_missing_fields (self, &self->first, &self->third, "amount");
}

static void
test_free_ways (Stages        *self,
                gconstpointer  data)
{
  assert_missing_fields (self, &self->first, &self->first, "");
  assert_missing_fields (self, &self->second, &self->first, "");
  assert_missing_fields (self, &self->first, &self->lost, "");
  assert_missing_fields (self, &self->first, &self->other, "");
}

static void
test_stage_that_is_gone (Stages        *self,
                         gconstpointer  data)
{
  CptUuid nowhere = { { 1 } };

  assert_missing_fields (self, &nowhere, &self->third, "");
  delete_ok (&self->store, "stage", &self->third);
  assert_missing_fields (self, &self->first, &self->third, "");
}

#define ADD(path, func) g_test_add (path, Stages, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/stage-exit/is-about-the-stage-of-deals", test_applies);
  ADD ("/stage-exit/asks-what-is-missing-on-the-way", test_going_on);
  ADD ("/stage-exit/asks-nothing-of-who-goes-back-or-away", test_free_ways);
  ADD ("/stage-exit/asks-nothing-where-a-stage-is-gone", test_stage_that_is_gone);

  return g_test_run ();
}
