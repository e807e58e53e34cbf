/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Three years of selling: deals that come in with the seasons and slowly more
 * of them, take weeks to close and are won or lost; the calls and meetings on
 * the way; and what is still to be done.
 */

#include "config.h"

#include "cpt-date.h"

#include "cpt-demo-private.h"

#define N_ACTIVITIES 4200
#define N_TASKS 520
#define DAY G_GINT64_CONSTANT (86400000000)

/* Of a hundred, how likely a day of each month brings a deal: August is quiet */
static const int seasons[] = { 70, 80, 95, 85, 75, 90, 55, 20, 100, 100, 90, 60 };

/* Days from being opened to being decided */
static int
draw_cycle (CptDemo *self)
{
  return 12 + g_rand_int_range (self->random, 0, 45) + g_rand_int_range (self->random, 0, 45);
}

static gint64
draw_opening (CptDemo *self)
{
  gint64 span = CPT_DEMO_YEARS * 365;

  for (;;)
    {
      /* The larger of two draws: there are more in later years. */
      gint64 a = g_rand_int_range (self->random, 0, (gint32) span);
      gint64 b = g_rand_int_range (self->random, 0, (gint32) span);
      gint64 date = self->today - span + (cpt_demo_chance (self, 35) ? MAX (a, b) : a) + 1;
      int month;

      cpt_date_to_ymd (date, NULL, &month, NULL);
      if (cpt_date_get_weekday (date) <= 5 && cpt_demo_chance (self, seasons[month - 1]))
        return date;
    }
}

/* How far an undecided deal has got, by the part of its cycle that is over */
static guint
choose_stage (gint64 age,
              int    cycle,
              guint  n_open)
{
  return MIN ((guint) (age * n_open / cycle), n_open - 1);
}

static void
decide (CptDemo   *self,
        CptRecord *deal,
        gint64     closed,
        int        skill)
{
  static const char *const reasons[] = { "price", "price", "competitor", "timing", "offer", "silence", NULL };
  guint n_open = self->stages->len - 2;
  gboolean won = cpt_demo_chance (self, 58 + skill * 2);

  cpt_record_set_id (deal, "stage", &g_array_index (self->stages, CptUuid, won ? n_open : n_open + 1));
  cpt_record_set_integer (deal, "closed_on", closed);
  if (!won)
    cpt_demo_set (self, deal, "lost_reason", cpt_demo_pick (self, reasons));
}

/* Whoever opens the demonstration sells a little, so that a salesperson's dashboard has
 * something in it: by number, whatever was drawn */
static guint
choose_owner (CptDemo *self,
              guint    number)
{
  guint drawn = (guint) g_rand_int_range (self->random, 2, (gint32) cpt_demo_n_users);

  return number % 15 == 11 ? 0 : drawn;
}

static gboolean
make_deal (CptDemo  *self,
           guint     number,
           GError  **error)
{
  static const char *const sources[] = { "website", "referral", "event", "outbound", "campaign", "partner", NULL };
  CptRecord *deal = cpt_demo_new_record (self, "deal", number);
  guint contact = (guint) g_rand_int_range (self->random, 0, (gint32) self->contacts->len);
  guint at = g_array_index (self->contact_organisations, guint, contact);
  guint owner = choose_owner (self, number);
  guint product = (guint) g_rand_int_range (self->random, 0, (gint32) cpt_demo_n_products);
  gint64 opened = draw_opening (self);
  int cycle = draw_cycle (self);
  gboolean is_recent = opened + cycle > self->today - 45 && opened + cycle <= self->today;
  gboolean is_dear = cpt_demo_products[product].price > 5000;
  gint64 quantity = is_dear ? g_rand_int_range (self->random, 1, 4) : g_rand_int_range (self->random, 2, 28);
  gint64 amount = cpt_demo_products[product].price * quantity;
  g_autofree char *name = NULL;
  const char *source;
  CptDemoDeal known;
  g_autofree char *reference = g_strdup_printf ("AF-%05u", number + 1);

  /* So that there is something to see on the first days of a month too */
  if (is_recent && number % 10 == 3)
    owner = 0;
  name = g_strdup_printf ("%s – %s", cpt_demo_pick (self, cpt_demo_projects), cpt_demo_products[product].name);
  cpt_demo_set (self, deal, "name", name);
  cpt_demo_set (self, deal, "reference", reference);
  cpt_record_set_id (deal, "organisation", &g_array_index (self->organisations, CptUuid, at));
  cpt_record_set_id (deal, "contact", &g_array_index (self->contacts, CptUuid, contact));
  cpt_record_set_id (deal, "pipeline", &self->pipeline);
  cpt_record_set_id (deal, "owner", &g_array_index (self->users, CptUuid, owner));
  cpt_record_set_id (deal, "product", &g_array_index (self->products, CptUuid, product));
  cpt_demo_set_money (deal, "amount", amount - amount * g_rand_int_range (self->random, 0, 4) * 5 / 100);
  cpt_record_set_integer (deal, "opened_on", opened);
  cpt_record_set_integer (deal, "expected_close_on", opened + cycle);
  source = cpt_demo_pick (self, sources);
  cpt_demo_set (self, deal, "source", source);
  known = (CptDemoDeal){ deal->id, opened, owner, contact, at, source };
  g_array_append_val (self->deals, known);

  if (opened + cycle <= self->today && !cpt_demo_chance (self, 4))
    decide (self, deal, opened + cycle, cpt_demo_users[owner].skill);
  else
    cpt_record_set_id (deal, "stage",
                       &g_array_index (self->stages, CptUuid,
                                       choose_stage (self->today - opened, cycle, self->stages->len - 2)));

  return cpt_demo_add (self, deal, error);
}

static gboolean
make_activity (CptDemo  *self,
               guint     number,
               GError  **error)
{
  static const char *const kinds[] = { "call", "call", "email", "email", "meeting", "note", NULL };
  CptRecord *activity = cpt_demo_new_record (self, "activity", number);
  guint contact = (guint) g_rand_int_range (self->random, 0, (gint32) self->contacts->len);
  guint at = g_array_index (self->contact_organisations, guint, contact);
  gint64 date = draw_opening (self);

  cpt_demo_set (self, activity, "kind", cpt_demo_pick (self, kinds));
  cpt_demo_set (self, activity, "subject", cpt_demo_pick (self, cpt_demo_calls));
  if (cpt_demo_chance (self, 30))
    cpt_demo_set (self, activity, "body", cpt_demo_pick (self, cpt_demo_notes));
  cpt_record_set_integer (activity, "at",
                          cpt_instant_from_date (date, cpt_database_get_zone (self->database)) +
                            DAY / 1440 * g_rand_int_range (self->random, 8 * 12, 18 * 12) * 5);
  if (g_strcmp0 (cpt_record_get_text (activity, "kind"), "meeting") == 0)
    cpt_record_set_integer (activity, "duration", (2 + number % 5) * 15 * 60);
  cpt_record_set_id (activity, "contact", &g_array_index (self->contacts, CptUuid, contact));
  cpt_record_set_id (activity, "organisation", &g_array_index (self->organisations, CptUuid, at));
  cpt_record_set_id (activity, "owner", &g_array_index (self->users, CptUuid, choose_owner (self, number)));

  return cpt_demo_add (self, activity, error);
}

/* Two of five, on what would be a working day of eight to six. By number rather than by
 * chance: what else is drawn stays as it was. */
static void
give_hour (CptDemo   *self,
           CptRecord *task,
           guint      number,
           gint64     day)
{
  gint64 begin = cpt_instant_from_date (day, cpt_database_get_zone (self->database));
  guint half_hour = 16 + number * 7 % 19;

  if (number % 5 > 1)
    return;

  cpt_record_set_integer (task, "due_at", begin + DAY / 48 * half_hour);
  cpt_record_set_integer (task, "duration", (1 + number % 4) * 30 * 60);
}

static gboolean
make_task (CptDemo  *self,
           guint     number,
           GError  **error)
{
  static const char *const priorities[] = { "normal", "normal", "normal", "high", "low", "urgent", NULL };
  CptRecord *task = cpt_demo_new_record (self, "task", number);
  guint contact = (guint) g_rand_int_range (self->random, 0, (gint32) self->contacts->len);
  guint at = g_array_index (self->contact_organisations, guint, contact);
  gint64 due = self->today + g_rand_int_range (self->random, -120, 45);
  gboolean done = due < self->today && !cpt_demo_chance (self, 8);
  guint assignee;

  cpt_demo_set (self, task, "title", cpt_demo_pick (self, cpt_demo_tasks));
  cpt_demo_set (self, task, "status", done ? "done" : cpt_demo_chance (self, 25) ? "in_progress"
                                                                                 : "to_do");
  cpt_demo_set (self, task, "priority", cpt_demo_pick (self, priorities));
  cpt_record_set_integer (task, "due_on", due);
  give_hour (self, task, number, due);
  cpt_record_set_id (task, "contact", &g_array_index (self->contacts, CptUuid, contact));
  cpt_record_set_id (task, "organisation", &g_array_index (self->organisations, CptUuid, at));
  assignee = (guint) g_rand_int_range (self->random, 2, (gint32) cpt_demo_n_users);
  /* Some are left to whoever opens the demonstration: the day has something in it. */
  cpt_record_set_id (task, "assignee", &g_array_index (self->users, CptUuid, number % 12 == 0 ? 0 : assignee));

  return cpt_demo_add (self, task, error);
}

/* What whoever opens the demonstration has to do */
static const struct
{
  const char *title;
  int day;       /* from today */
  int half_hour; /* of the day; 0 for none */
  int minutes;
  const char *priority;
  const char *status;
} own_tasks[] = {
  { "Point de la semaine avec l’équipe", 0, 17, 30, "normal", "to_do" },
  { "Rendez-vous : visite du showroom", 0, 19, 60, "high", "to_do" },
  { "Rappeler pour le devis", 0, 0, 0, "urgent", "to_do" },
  { "Préparer le plan d’implantation", 0, 0, 0, "normal", "in_progress" },
  { "Rendez-vous : présentation des cabines", 0, 28, 90, "high", "to_do" },
  { "Confirmer la date de livraison", 0, 34, 30, "low", "to_do" },
  { "Demander le bon de commande", -1, 0, 0, "urgent", "to_do" },
  { "Envoyer les échantillons de tissu", -3, 0, 0, "normal", "in_progress" },
  { "Rendez-vous : prise de cotes sur place", 1, 20, 120, "normal", "to_do" },
  { "Relancer la signature", 2, 0, 0, "high", "to_do" },
};

static gboolean
make_own_task (CptDemo  *self,
               guint     number,
               GError  **error)
{
  CptRecord *task = cpt_demo_new_record (self, "task", N_TASKS + number);
  guint contact = number * 37 % self->contacts->len;
  guint at = g_array_index (self->contact_organisations, guint, contact);
  gint64 day = self->today + own_tasks[number].day;

  cpt_demo_set (self, task, "title", own_tasks[number].title);
  cpt_demo_set (self, task, "status", own_tasks[number].status);
  cpt_demo_set (self, task, "priority", own_tasks[number].priority);
  cpt_record_set_integer (task, "due_on", day);
  if (own_tasks[number].half_hour > 0)
    {
      cpt_record_set_integer (task, "due_at",
                              cpt_instant_from_date (day, cpt_database_get_zone (self->database)) +
                                DAY / 48 * own_tasks[number].half_hour);
      cpt_record_set_integer (task, "duration", own_tasks[number].minutes * 60);
    }
  cpt_record_set_id (task, "contact", &g_array_index (self->contacts, CptUuid, contact));
  cpt_record_set_id (task, "organisation", &g_array_index (self->organisations, CptUuid, at));
  cpt_record_set_id (task, "assignee", &g_array_index (self->users, CptUuid, 0));

  return cpt_demo_add (self, task, error);
}

gboolean
cpt_demo_make_sales (CptDemo  *self,
                     GError  **error)
{
  for (guint i = 0; i < CPT_DEMO_N_DEALS; i++)
    if (!make_deal (self, i, error))
      return FALSE;

  for (guint i = 0; i < N_ACTIVITIES; i++)
    if (!make_activity (self, i, error))
      return FALSE;

  for (guint i = 0; i < N_TASKS; i++)
    if (!make_task (self, i, error))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (own_tasks); i++)
    if (!make_own_task (self, i, error))
      return FALSE;

  return TRUE;
}
