/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Who gets which place. Places are made first, of a period or a day and of how many there
 * are; then they are given away in the order of time, each to the first of those who wait
 * whose owner can do one more on that day. What is kept takes the place that it had, or the
 * nearest one, so that the others find theirs where they were.
 */

#include "config.h"

#include "cpt-plan-private.h"

#include "cpt-date.h"

/* Later than this there is no plan */
#define MAX_YEARS 10
#define DAYS_PER_YEAR 366

typedef struct
{
  gint64 from;
  gint64 to;
} Opening;

/* Somebody's turn */
typedef struct
{
  CptUuid subject;
  CptUuid owner;
  guint step;
  guint order;
  gint64 day; /* with offsets: the first on which it may be */
} Turn;

typedef struct
{
  GHashTable *days; /* gint64 → how many */
  GArray *waiting;  /* guint: of turns; only without offsets */
  guint head;       /* the first of them who has no place */
} Owner;

typedef struct
{
  CptUuid subject;
  guint step;
} Key;

typedef struct
{
  const CptPlan *plan;
  GTimeZone *zone; /* (nullable) */
  gint64 now;
  gint64 today;
  const CptPlanAudience *audience;
  GArray *turns;       /* Turn */
  GHashTable *owners;  /* CptUuid → Owner */
  GPtrArray *in_order; /* Owner, borrowed, as they were first seen */
  GArray *planned;     /* CptPlanned */
  guint n_left;
} Spread;

static void
free_owner (Owner *owner)
{
  g_hash_table_unref (owner->days);
  g_array_unref (owner->waiting);
  g_free (owner);
}

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return cpt_uuid_hash (&key->subject) ^ key->step;
}

static gboolean
equal_keys (gconstpointer a,
            gconstpointer b)
{
  const Key *first = a;
  const Key *second = b;

  return first->step == second->step && cpt_uuid_equal (&first->subject, &second->subject);
}

/* --------------------------------------------------------------------- places */

/* Opens of the timetable from @from to before @to: (element-type Opening) */
static GArray *
list_openings (const Spread  *spread,
               gint64         from,
               gint64         to,
               GError       **error)
{
  g_autoptr(GArray) openings = g_array_new (FALSE, FALSE, sizeof (Opening));

  while (from < to)
    {
      Opening opening;

      if (!cpt_timetable_find_open (spread->plan->timetable, spread->zone, from, &opening.from, &opening.to, error))
        return NULL;
      if (opening.from >= to)
        break;
      opening.to = MIN (opening.to, to);
      g_array_append_val (openings, opening);
      from = opening.to;
    }

  return g_steal_pointer (&openings);
}

/* What people read off a clock, where there is room for it */
static gint64
get_grain (gint64 distance)
{
  const gint64 minute = 60 * G_USEC_PER_SEC;

  if (distance >= 5 * minute)
    return 5 * minute;
  if (distance >= minute)
    return minute;

  return distance >= G_USEC_PER_SEC ? G_USEC_PER_SEC : 1;
}

/* @n places at equal distances in what is open: (element-type gint64), rising */
static GArray *
create_places (const Spread  *spread,
               gint64         from,
               gint64         to,
               guint          n,
               GError       **error)
{
  g_autoptr(GArray) openings = list_openings (spread, from, to, error);
  GArray *places;
  gint64 total = 0;
  gint64 passed = 0;
  guint k = 0;

  if (openings == NULL)
    return NULL;

  places = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < openings->len; i++)
    total += g_array_index (openings, Opening, i).to - g_array_index (openings, Opening, i).from;
  for (guint i = 0; i < n && openings->len > 0; i++)
    {
      gint64 offset = total / n * i + total % n * i / n;
      const Opening *opening = &g_array_index (openings, Opening, k);
      gint64 place;

      while (offset - passed >= opening->to - opening->from)
        {
          passed += opening->to - opening->from;
          opening = &g_array_index (openings, Opening, ++k);
        }
      place = offset - passed;
      place = opening->from + place - place % get_grain (total / n);
      g_array_append_val (places, place);
    }

  return places;
}

/* The place at @instant, or the nearest one, is taken */
static void
take_nearest (GArray *places,
              gint64  instant)
{
  guint nearest = 0;

  for (guint i = 1; i < places->len; i++)
    if (ABS (g_array_index (places, gint64, i) - instant) < ABS (g_array_index (places, gint64, nearest) - instant))
      nearest = i;
  if (places->len > 0)
    g_array_remove_index (places, nearest);
}

/* What is kept at exactly a place comes first, or a neighbour would be pushed aside. */
static void
take_kept (const Spread *spread,
           GArray       *places,
           gint64        from,
           gint64        to)
{
  g_autoptr(GArray) others = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < spread->audience->n_kept; i++)
    {
      gint64 instant = spread->audience->kept[i].instant;
      guint index;

      if (instant < from || instant >= to)
        continue;
      for (index = 0; index < places->len && g_array_index (places, gint64, index) < instant; index++)
        ;
      if (index < places->len && g_array_index (places, gint64, index) == instant)
        g_array_remove_index (places, index);
      else
        g_array_append_val (others, instant);
    }
  for (guint i = 0; i < others->len; i++)
    take_nearest (places, g_array_index (others, gint64, i));
}

/* --------------------------------------------------------------------- owners */

static Owner *
find_owner (Spread        *spread,
            const CptUuid *id)
{
  Owner *owner = g_hash_table_lookup (spread->owners, id);

  if (owner == NULL)
    {
      owner = g_new0 (Owner, 1);
      owner->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      owner->waiting = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (spread->owners, g_memdup2 (id, sizeof *id), owner);
      g_ptr_array_add (spread->in_order, owner);
    }

  return owner;
}

static void
add_day (Owner  *owner,
         gint64  day)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (owner->days, &day));

  g_hash_table_insert (owner->days, g_memdup2 (&day, sizeof day), GUINT_TO_POINTER (n + 1));
}

static gboolean
can_take (const Spread *spread,
          const Owner  *owner,
          gint64        day)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (owner->days, &day)) < (guint64) spread->plan->per_owner;
}

static void
plan_turn (Spread     *spread,
           const Turn *turn,
           Owner      *owner,
           gint64      instant)
{
  CptPlanned planned = { turn->subject, turn->owner, turn->step, instant };

  g_array_append_val (spread->planned, planned);
  add_day (owner, cpt_instant_get_date (instant, spread->zone));
}

/* ------------------------------------------------------ so many in each period */

static gint64
get_period_start (const CptPlan *plan,
                  gint64         day)
{
  gint64 start = MAX (plan->start, 0);
  int year, month;

  switch (plan->period)
    {
    case PERIOD_WEEKS:
      return day - cpt_date_get_weekday (day) + 1;
    case PERIOD_MONTHS:
      cpt_date_to_ymd (day, &year, &month, NULL);
      return cpt_date_from_ymd (year, month, 1);
    case PERIOD_DAYS:
    default:
      return start + (day - start) / plan->every * plan->every;
    }
}

static gint64
get_period_end (const CptPlan *plan,
                gint64         start)
{
  switch (plan->period)
    {
    case PERIOD_WEEKS:
      return start + 7;
    case PERIOD_MONTHS:
      return cpt_date_add_months (start, 1);
    case PERIOD_DAYS:
    default:
      return start + plan->every;
    }
}

/* (nullable): whose turn is next among those who can do one more on @day */
static Owner *
find_next_owner (const Spread *spread,
                 gint64        day)
{
  Owner *next = NULL;
  guint first = G_MAXUINT;

  for (guint i = 0; i < spread->in_order->len; i++)
    {
      Owner *owner = g_ptr_array_index (spread->in_order, i);

      if (owner->head == owner->waiting->len || g_array_index (owner->waiting, guint, owner->head) >= first ||
          !can_take (spread, owner, day))
        continue;
      first = g_array_index (owner->waiting, guint, owner->head);
      next = owner;
    }

  return next;
}

/* The places of the period that begins with @start, as far as they are to come */
static gboolean
fill_period (Spread  *spread,
             gint64   start,
             gint64   end,
             guint   *n_waiting,
             GError **error)
{
  gint64 from = cpt_instant_from_date (start, spread->zone);
  gint64 to = cpt_instant_from_date (end, spread->zone);
  g_autoptr(GArray) places = create_places (spread, from, to, spread->plan->quantity, error);

  if (places == NULL)
    return FALSE;

  take_kept (spread, places, from, to);
  for (guint i = 0; i<places->len && * n_waiting> 0; i++)
    {
      gint64 instant = g_array_index (places, gint64, i);
      gint64 day = cpt_instant_get_date (instant, spread->zone);
      Owner *owner;

      if (instant < spread->now || day < spread->plan->start || day > spread->plan->until)
        continue;
      owner = find_next_owner (spread, day);
      if (owner == NULL)
        continue;
      plan_turn (spread, &g_array_index (spread->turns, Turn, g_array_index (owner->waiting, guint, owner->head)), owner,
                 instant);
      owner->head++;
      (*n_waiting)--;
    }

  return TRUE;
}

static gboolean
spread_over_periods (Spread  *spread,
                     GError **error)
{
  const CptPlan *plan = spread->plan;
  guint n_waiting = spread->turns->len;
  gint64 start = get_period_start (plan, MAX (plan->start, spread->today));
  gint64 last = MIN (plan->until, MAX (plan->start, spread->today) + MAX_YEARS * DAYS_PER_YEAR);

  for (guint i = 0; i < spread->turns->len; i++)
    {
      Owner *owner = find_owner (spread, &g_array_index (spread->turns, Turn, i).owner);

      g_array_append_val (owner->waiting, i);
    }
  while (n_waiting > 0 && start <= last)
    {
      gint64 end = get_period_end (plan, start);

      if (!fill_period (spread, start, end, &n_waiting, error))
        return FALSE;
      start = end;
    }
  spread->n_left += n_waiting;

  return TRUE;
}

/* ------------------------------------------------------------ days after a date */

static int
compare_turns (gconstpointer a,
               gconstpointer b)
{
  const Turn *first = a;
  const Turn *second = b;

  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;
  if (first->order != second->order)
    return first->order < second->order ? -1 : 1;

  return (first->step > second->step) - (first->step < second->step);
}

/* The first day from @day on that has an open hour */
static gboolean
find_open_day (const Spread  *spread,
               gint64         day,
               gint64        *open,
               GError       **error)
{
  gint64 from, to;

  if (!cpt_timetable_find_open (spread->plan->timetable, spread->zone, cpt_instant_from_date (day, spread->zone), &from, &to,
                                error))
    return FALSE;
  *open = cpt_instant_get_date (from, spread->zone);

  return TRUE;
}

static guint
count_kept (const Spread *spread,
            gint64        from,
            gint64        to)
{
  guint n = 0;

  for (guint i = 0; i < spread->audience->n_kept; i++)
    n += spread->audience->kept[i].instant >= from && spread->audience->kept[i].instant < to;

  return n;
}

/* Splits @turns: those whose owners can do them on @day stay, the others go to @later. */
static void
keep_possible (Spread *spread,
               GArray *turns,
               GArray *later,
               gint64  day)
{
  g_autoptr(GHashTable) more = g_hash_table_new (NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < turns->len; i++)
    {
      Turn turn = g_array_index (turns, Turn, i);
      Owner *owner = find_owner (spread, &turn.owner);
      guint n_more = GPOINTER_TO_UINT (g_hash_table_lookup (more, owner));
      guint n_there = GPOINTER_TO_UINT (g_hash_table_lookup (owner->days, &day));

      if ((guint64) n_more + n_there < (guint64) spread->plan->per_owner)
        {
          g_hash_table_insert (more, owner, GUINT_TO_POINTER (n_more + 1));
          g_array_index (turns, Turn, n++) = turn;
        }
      else
        {
          g_array_append_val (later, turn);
        }
    }
  g_array_set_size (turns, n);
}

/* Gives @turns their places on @day; who finds none goes to @later. */
static gboolean
fill_day (Spread  *spread,
          GArray  *turns,
          GArray  *later,
          gint64   day,
          GError **error)
{
  gint64 from = cpt_instant_from_date (day, spread->zone);
  gint64 to = cpt_instant_from_date (day + 1, spread->zone);
  g_autoptr(GArray) places = NULL;
  guint n = 0;

  keep_possible (spread, turns, later, day);
  if (day < spread->today)
    {
      spread->n_left += turns->len;
      return TRUE;
    }

  places = create_places (spread, from, to, turns->len + count_kept (spread, from, to), error);
  if (places == NULL)
    return FALSE;
  take_kept (spread, places, from, to);
  for (guint i = 0; i < places->len && n < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, n);

      if (g_array_index (places, gint64, i) < spread->now)
        continue;
      plan_turn (spread, turn, find_owner (spread, &turn->owner), g_array_index (places, gint64, i));
      n++;
    }
  g_array_append_vals (later, &g_array_index (turns, Turn, n), turns->len - n);

  return TRUE;
}

static gboolean
set_days (Spread  *spread,
          GError **error)
{
  for (guint i = 0; i < spread->turns->len; i++)
    {
      Turn *turn = &g_array_index (spread->turns, Turn, i);

      if (!find_open_day (spread, MAX (turn->day, spread->plan->start), &turn->day, error))
        return FALSE;
    }
  g_array_sort (spread->turns, compare_turns);

  return TRUE;
}

static gboolean
spread_over_days (Spread  *spread,
                  GError **error)
{
  gint64 last = MIN (spread->plan->until, spread->today + MAX_YEARS * DAYS_PER_YEAR);
  g_autoptr(GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Turn));
  gint64 day = 0;
  guint next = 0;

  if (!set_days (spread, error))
    return FALSE;

  while (waiting->len > 0 || next < spread->turns->len)
    {
      g_autoptr(GArray) later = g_array_new (FALSE, FALSE, sizeof (Turn));

      if (waiting->len == 0)
        day = g_array_index (spread->turns, Turn, next).day;
      else if (!find_open_day (spread, day + 1, &day, error))
        return FALSE;
      if (day > last)
        break;
      for (; next < spread->turns->len && g_array_index (spread->turns, Turn, next).day <= day; next++)
        g_array_append_val (waiting, g_array_index (spread->turns, Turn, next));
      if (!fill_day (spread, waiting, later, day, error))
        return FALSE;
      g_array_unref (waiting);
      waiting = g_steal_pointer (&later);
    }
  spread->n_left += waiting->len + spread->turns->len - next;

  return TRUE;
}

/* -------------------------------------------------------------------- together */

static void
add_turns (Spread     *spread,
           GHashTable *kept,
           guint       order)
{
  const CptPlanSubject *subject = &spread->audience->subjects[order];
  const GArray *offsets = spread->plan->offsets;

  for (guint step = 0; step < cpt_plan_get_n_steps (spread->plan); step++)
    {
      Key key = { subject->id, step };
      Turn turn = { subject->id, subject->owner, step, order, 0 };

      if (g_hash_table_contains (kept, &key))
        continue;
      if (offsets->len > 0 && subject->anchor == CPT_PLAN_NO_DATE)
        {
          spread->n_left++;
          continue;
        }
      if (offsets->len > 0)
        turn.day = CLAMP (subject->anchor, CPT_DATE_MIN, CPT_DATE_MAX) + g_array_index (offsets, int, step);
      g_array_append_val (spread->turns, turn);
      /* Who is there twice comes once. */
      g_hash_table_add (kept, g_memdup2 (&key, sizeof key));
    }
}

static void
read_audience (Spread *spread)
{
  g_autoptr(GHashTable) kept = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);

  for (guint i = 0; i < spread->audience->n_kept; i++)
    {
      const CptPlanned *planned = &spread->audience->kept[i];
      Key key = { planned->subject, planned->step };

      g_hash_table_add (kept, g_memdup2 (&key, sizeof key));
      add_day (find_owner (spread, &planned->owner), cpt_instant_get_date (planned->instant, spread->zone));
    }
  for (guint i = 0; i < spread->audience->n_subjects; i++)
    add_turns (spread, kept, i);
}

GArray *
cpt_plan_spread (const CptPlan          *self,
                 GTimeZone              *zone,
                 gint64                  now,
                 const CptPlanAudience  *audience,
                 guint                  *n_left,
                 GError                **error)
{
  g_autoptr(GArray) turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  g_autoptr(GHashTable) owners =
    g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, (GDestroyNotify) free_owner);
  g_autoptr(GPtrArray) in_order = g_ptr_array_new ();
  g_autoptr(GArray) planned = g_array_new (FALSE, FALSE, sizeof (CptPlanned));
  Spread spread = {
    .plan = self,
    .zone = zone,
    .now = now,
    .audience = audience,
    .turns = turns,
    .owners = owners,
    .in_order = in_order,
    .planned = planned,
  };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (audience != NULL, NULL);

  spread.today = cpt_instant_get_date (now, zone);
  read_audience (&spread);
  if (!(self->offsets->len > 0 ? spread_over_days (&spread, error) : spread_over_periods (&spread, error)))
    return NULL;
  if (n_left != NULL)
    *n_left = spread.n_left;

  return g_steal_pointer (&planned);
}
