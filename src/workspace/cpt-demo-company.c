/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The company itself: its teams and people, what it sells, what it wants to
 * reach, and the pipeline that every workspace begins with.
 */

#include "config.h"

#include "cpt-query.h"

#include "cpt-demo-private.h"

static gboolean
find_stages (CptDemo  *self,
             GError  **error)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "stage");
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, entity);
  g_autoptr(GPtrArray) records = NULL;

  if (!cpt_query_set_sort (query, "position", error))
    return FALSE;

  records = cpt_query_load_records (query, self->database, 0, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CptRecord *stage = g_ptr_array_index (records, i);

      g_array_append_val (self->stages, stage->id);
      self->pipeline = cpt_record_get_named (stage, "pipeline")->id;
    }

  return records != NULL;
}

static gboolean
make_teams (CptDemo  *self,
            GError  **error)
{
  for (guint i = 0; cpt_demo_teams[i] != NULL; i++)
    {
      CptRecord *team = cpt_demo_new_record (self, "team", i);

      cpt_demo_set (self, team, "name", cpt_demo_teams[i]);
      g_array_append_val (self->teams, team->id);
      if (!cpt_demo_add (self, team, error))
        return FALSE;
    }

  return TRUE;
}

/* The person at this machine plays the first user: her record is there already. */
static gboolean
take_first_user (CptDemo            *self,
                 const CptDemoUser  *person,
                 GError            **error)
{
  static const char *const names[] = { "name", "email", "role", "team" };
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "user");
  const CptUuid *author = cpt_database_get_author (self->database);
  g_autoptr(CptRecord) user = cpt_record_new (self->schema, entity);

  cpt_demo_set (self, user, "name", person->name);
  cpt_demo_set (self, user, "email", person->email);
  cpt_demo_set (self, user, "role", person->role);
  cpt_record_set_id (user, "team", &g_array_index (self->teams, CptUuid, person->team));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cpt_transaction_set (self->transaction, entity, author, cpt_entity_find_field (entity, names[i]),
                         cpt_record_get_named (user, names[i]));
  g_array_append_vals (self->users, author, 1);

  return cpt_demo_flush (self, error);
}

static gboolean
make_users (CptDemo  *self,
            GError  **error)
{
  for (guint i = 0; i < cpt_demo_n_users; i++)
    {
      const CptDemoUser *person = &cpt_demo_users[i];
      CptRecord *user;

      if (i == 0)
        {
          if (!take_first_user (self, person, error))
            return FALSE;
          continue;
        }

      user = cpt_demo_new_record (self, "user", i);
      cpt_demo_set (self, user, "name", person->name);
      cpt_demo_set (self, user, "email", person->email);
      cpt_demo_set (self, user, "role", person->role);
      cpt_record_set_id (user, "team", &g_array_index (self->teams, CptUuid, person->team));
      cpt_record_set_id (user, "manager", &g_array_index (self->users, CptUuid, i == 1 ? 0 : 1));
      g_array_append_val (self->users, user->id);
      if (!cpt_demo_add (self, user, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_products (CptDemo  *self,
               GError  **error)
{
  for (guint i = 0; i < cpt_demo_n_products; i++)
    {
      const CptDemoProduct *sold = &cpt_demo_products[i];
      CptRecord *product = cpt_demo_new_record (self, "product", i);

      cpt_demo_set (self, product, "name", sold->name);
      cpt_demo_set (self, product, "reference", sold->reference);
      cpt_demo_set (self, product, "family", sold->family);
      cpt_demo_set_money (product, "price", sold->price);
      cpt_demo_set (self, product, "tax_rate", "20");
      g_array_append_val (self->products, product->id);
      if (!cpt_demo_add (self, product, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_goals_of (CptDemo  *self,
               guint     user,
               guint     number,
               int       target,
               GError  **error)
{
  gint64 year = cpt_bucket_get_start (CPT_BUCKET_YEAR, self->today);

  for (int quarter = 0; quarter < 4; quarter++)
    {
      CptRecord *goal = cpt_demo_new_record (self, "goal", number * 4 + (guint) quarter);
      g_autofree char *name = g_strdup_printf ("%s, T%d", cpt_demo_users[user].name, quarter + 1);
      g_autofree char *text = g_strdup_printf ("%d", target + (quarter == 3 ? target / 4 : 0));

      cpt_demo_set (self, goal, "name", name);
      cpt_demo_set (self, goal, "metric", "revenue_won");
      cpt_demo_set (self, goal, "period", "quarter");
      cpt_record_set_id (goal, "user", &g_array_index (self->users, CptUuid, user));
      cpt_record_set_integer (goal, "starts_on", cpt_bucket_add (CPT_BUCKET_QUARTER, year, quarter));
      cpt_demo_set (self, goal, "target", text);
      if (!cpt_demo_add (self, goal, error))
        return FALSE;
    }

  return TRUE;
}

/* A goal per salesperson and quarter of this year; whoever opens the demonstration
 * sells a little too */
static gboolean
make_goals (CptDemo  *self,
            GError  **error)
{
  for (guint i = 2; i < cpt_demo_n_users; i++)
    if (!make_goals_of (self, i, i - 2, 120000 + 5000 * cpt_demo_users[i].skill, error))
      return FALSE;

  return make_goals_of (self, 0, cpt_demo_n_users - 2, 75000, error);
}

gboolean
cpt_demo_make_company (CptDemo  *self,
                       GError  **error)
{
  return find_stages (self, error) &&
         make_teams (self, error) &&
         make_users (self, error) &&
         make_products (self, error) &&
         make_goals (self, error);
}
