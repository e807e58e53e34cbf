/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Instants: from and to texts and calendar days of a time zone.
 *
 * GTimeZone looks intervals up one after the other, which is too slow for a
 * function that SQL calls for every row. So each thread remembers, for the
 * zones it used last, blocks of 2^21 seconds (24 days): the offset at their
 * start and the one change within, if any. A block with more changes than one
 * asks the zone each time. The memory holds a reference to its zones, so that
 * an address can't be reused under it. */

#include "config.h"

#include "cpt-date.h"

#include <string.h>

#include "cpt-locale-private.h"
#include "cpt-time-of-day.h"

#define SECOND G_USEC_PER_SEC
#define DAY_SECONDS 86400
#define MIN_SECONDS ((gint64) CPT_DATE_MIN * DAY_SECONDS)
#define MAX_SECONDS (((gint64) CPT_DATE_MAX + 1) * DAY_SECONDS - 1)

#define BLOCK_BITS 21
#define BLOCK_SECONDS (G_GINT64_CONSTANT (1) << BLOCK_BITS)
#define N_BLOCKS 256
#define N_ZONES 3
/* No zone is or was further from UTC */
#define MAX_OFFSET (16 * 3600)

typedef enum
{
  BLOCK_EMPTY,
  BLOCK_KNOWN,
  BLOCK_BUSY, /* more than one change */
} BlockState;

typedef struct
{
  gint64 start;  /* seconds */
  gint64 change; /* from here on second_offset */
  gint32 first_offset;
  gint32 second_offset;
  BlockState state;
} Block;

typedef struct
{
  GTimeZone *zone; /* (owned) (nullable) */
  Block blocks[N_BLOCKS];
} Slot;

typedef struct
{
  Slot slots[N_ZONES];
  guint next; /* the slot that is given up next */
} Memory;

static void
free_memory (gpointer data)
{
  Memory *memory = data;

  for (guint i = 0; i < N_ZONES; i++)
    g_clear_pointer (&memory->slots[i].zone, g_time_zone_unref);
  g_free (memory);
}

static GPrivate private_memory = G_PRIVATE_INIT (free_memory);

static gint64
divide_down (gint64 a,
             gint64 b)
{
  return a / b - (a % b < 0);
}

static gint64
get_seconds (gint64 instant)
{
  return CLAMP (divide_down (instant, SECOND), MIN_SECONDS, MAX_SECONDS);
}

static int
find_interval (GTimeZone *zone,
               gint64     seconds)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
}

/* The first second in (@low, @high] that is not in @interval, which @low is. */
static gint64
find_change (GTimeZone *zone,
             int        interval,
             gint64     low,
             gint64     high)
{
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (find_interval (zone, middle) == interval)
        low = middle;
      else
        high = middle;
    }

  return high;
}

static void
fill_block (Block     *block,
            GTimeZone *zone,
            gint64     start)
{
  int first = find_interval (zone, start);
  int last = find_interval (zone, start + BLOCK_SECONDS - 1);

  block->start = start;
  block->change = G_MAXINT64;
  block->state = last - first > 1 ? BLOCK_BUSY : BLOCK_KNOWN;
  block->first_offset = g_time_zone_get_offset (zone, first);
  block->second_offset = g_time_zone_get_offset (zone, last);
  if (last - first == 1)
    block->change = find_change (zone, first, start, start + BLOCK_SECONDS - 1);
}

static Slot *
get_slot (GTimeZone *zone)
{
  Memory *memory = g_private_get (&private_memory);
  Slot *slot;

  if (G_UNLIKELY (memory == NULL))
    {
      memory = g_new0 (Memory, 1);
      g_private_set (&private_memory, memory);
    }
  for (guint i = 0; i < N_ZONES; i++)
    {
      if (memory->slots[i].zone == zone)
        return &memory->slots[i];
    }

  slot = &memory->slots[memory->next];
  memory->next = (memory->next + 1) % N_ZONES;
  g_clear_pointer (&slot->zone, g_time_zone_unref);
  memset (slot->blocks, 0, sizeof slot->blocks);
  slot->zone = g_time_zone_ref (zone);

  return slot;
}

/* How far @zone is before UTC at @seconds, and until when (exclusively) that
 * certainly holds. */
static gint64
get_offset (GTimeZone *zone,
            gint64     seconds,
            gint64    *until)
{
  gint64 number = seconds >> BLOCK_BITS;
  gint64 start = number * BLOCK_SECONDS;
  Block *block;

  if (zone == NULL)
    {
      *until = G_MAXINT64;
      return 0;
    }

  block = &get_slot (zone)->blocks[(guint64) number % N_BLOCKS];
  if (block->state == BLOCK_EMPTY || block->start != start)
    fill_block (block, zone, start);

  if (block->state == BLOCK_BUSY)
    {
      int interval = find_interval (zone, seconds);

      *until = find_change (zone, interval, seconds, start + BLOCK_SECONDS);
      return g_time_zone_get_offset (zone, interval);
    }
  if (seconds >= block->change)
    {
      *until = start + BLOCK_SECONDS;
      return block->second_offset;
    }
  *until = MIN (block->change, start + BLOCK_SECONDS);

  return block->first_offset;
}

gint64
cpt_instant_get_date (gint64     instant,
                      GTimeZone *zone)
{
  gint64 seconds = get_seconds (instant);
  gint64 until;
  gint64 date;

  date = divide_down (seconds + get_offset (zone, seconds, &until), DAY_SECONDS);

  return CLAMP (date, CPT_DATE_MIN, CPT_DATE_MAX);
}

/* @local: seconds that the clock shows. From change to change until one offset
 * shows them; where the clock jumps over them, the change. */
static gint64
find_local (gint64        local,
            GTimeZone    *zone,
            CptLocalSide  side)
{
  gint64 seconds = local - MAX_OFFSET;
  gint64 found = 0;
  gboolean is_found = FALSE;

  while (seconds <= local + MAX_OFFSET)
    {
      gint64 until;
      gint64 candidate = local - get_offset (zone, seconds, &until);

      if (candidate < until && (candidate >= seconds || !is_found))
        {
          found = MAX (candidate, seconds);
          is_found = TRUE;
          if (side == CPT_LOCAL_FIRST)
            break;
        }
      seconds = until;
    }

  return found;
}

gint64
cpt_instant_from_date (gint64     date,
                       GTimeZone *zone)
{
  return cpt_instant_from_local (date, 0, zone, CPT_LOCAL_FIRST);
}

gint64
cpt_instant_from_local (gint64        date,
                        int           minute,
                        GTimeZone    *zone,
                        CptLocalSide  side)
{
  gint64 local = CLAMP (date, CPT_DATE_MIN, CPT_DATE_MAX) * DAY_SECONDS + (gint64) minute * 60;

  return find_local (local, zone, side) * SECOND;
}

/* @local as seconds that the clock in @zone shows. Of two such instants the
 * first; when the clock jumps over it, as if it had not jumped. */
static gint64
resolve_local (gint64     local,
               GTimeZone *zone)
{
  gint64 until;
  gint64 before = get_offset (zone, local - DAY_SECONDS, &until);
  gint64 after = get_offset (zone, local + DAY_SECONDS, &until);

  if (get_offset (zone, local - before, &until) == before)
    return local - before;
  if (get_offset (zone, local - after, &until) == after)
    return local - after;

  return local - before;
}

static gboolean
read_two_digits (const char **position,
                 int          max,
                 int         *value)
{
  const char *p = *position;

  if (!g_ascii_isdigit (p[0]) || !g_ascii_isdigit (p[1]))
    return FALSE;
  *value = (p[0] - '0') * 10 + (p[1] - '0');
  *position = p + 2;

  return *value <= max;
}

/* hh:mm[:ss[.fraction]] as microseconds of the day */
static gboolean
read_time (const char **position,
           gint64      *time)
{
  int hour, minute;
  int second = 0;
  gint64 scale = SECOND;

  if (!read_two_digits (position, 23, &hour) || *(*position)++ != ':' ||
      !read_two_digits (position, 59, &minute))
    return FALSE;
  if (**position == ':')
    {
      (*position)++;
      if (!read_two_digits (position, 60, &second))
        return FALSE;
    }
  *time = ((gint64) hour * 3600 + minute * 60 + second) * SECOND;

  if (**position != '.' || !g_ascii_isdigit ((*position)[1]))
    return TRUE;
  for ((*position)++; g_ascii_isdigit (**position); (*position)++)
    {
      scale /= 10;
      *time += (**position - '0') * scale;
    }

  return TRUE;
}

/* Z, +hh:mm, +hhmm; nothing leaves @has_offset FALSE */
static gboolean
read_offset (const char **position,
             gboolean    *has_offset,
             gint64      *offset)
{
  int hours, minutes;
  int sign = **position == '-' ? -1 : 1;

  *has_offset = **position != '\0';
  *offset = 0;
  if (!*has_offset)
    return TRUE;
  if (**position == 'Z' || **position == 'z')
    {
      (*position)++;
      return TRUE;
    }
  if (**position != '+' && **position != '-')
    return FALSE;

  (*position)++;
  if (!read_two_digits (position, 23, &hours))
    return FALSE;
  if (**position == ':')
    (*position)++;
  if (!read_two_digits (position, 59, &minutes))
    return FALSE;
  *offset = sign * (hours * 3600 + minutes * 60);

  return TRUE;
}

gboolean
cpt_instant_parse_iso (const char *text,
                       GTimeZone  *zone,
                       gint64     *instant)
{
  char date_text[11];
  const char *position;
  gint64 date, time, offset, local;
  gboolean has_offset;
  gint64 seconds;

  g_return_val_if_fail (text != NULL && instant != NULL, FALSE);

  if (strnlen (text, 11) < 11 || strchr ("Tt ", text[10]) == NULL)
    return FALSE;
  g_strlcpy (date_text, text, sizeof date_text);
  position = text + 11;
  if (!cpt_date_parse_iso (date_text, &date) || !read_time (&position, &time) ||
      !read_offset (&position, &has_offset, &offset) || *position != '\0')
    return FALSE;

  local = date * DAY_SECONDS + time / SECOND;
  seconds = has_offset ? local - offset : resolve_local (local, zone);
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS)
    return FALSE;
  *instant = seconds * SECOND + time % SECOND;

  return TRUE;
}

char *
cpt_instant_format_iso (gint64 instant)
{
  gint64 seconds = get_seconds (instant);
  gint64 date = divide_down (seconds, DAY_SECONDS);
  int time = (int) (seconds - date * DAY_SECONDS);
  int fraction = (int) ((instant % SECOND + SECOND) % SECOND);
  g_autofree char *date_text = cpt_date_format_iso (date);
  char fraction_text[8] = "";

  if (fraction != 0 && fraction % 1000 == 0)
    g_snprintf (fraction_text, sizeof fraction_text, ".%03d", fraction / 1000);
  else if (fraction != 0)
    g_snprintf (fraction_text, sizeof fraction_text, ".%06d", fraction);

  return g_strdup_printf ("%sT%02d:%02d:%02d%sZ", date_text,
                          time / 3600, time / 60 % 60, time % 60, fraction_text);
}

char *
cpt_instant_format_time (gint64     instant,
                         GTimeZone *zone)
{
  gint64 seconds = get_seconds (instant);
  gint64 until;
  gint64 local = seconds + get_offset (zone, seconds, &until);
  int time = (int) (local - divide_down (local, DAY_SECONDS) * DAY_SECONDS);

  return cpt_time_of_day_format (time / 60);
}

char *
cpt_instant_format (gint64     instant,
                    GTimeZone *zone)
{
  g_autofree char *date_text = cpt_date_format (cpt_instant_get_date (instant, zone));
  g_autofree char *time_text = cpt_instant_format_time (instant, zone);

  return g_strdup_printf ("%s %s", date_text, time_text);
}
