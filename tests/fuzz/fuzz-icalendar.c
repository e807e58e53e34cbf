/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendars: whatever is read is valid, and what is written of it is read again. */

#include "config.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-icalendar.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:A\\, b\r\nDUE;VALUE=DATE:20901106\r\nPRIORITY:1\r\n"
  "RRULE:FREQ=WEEKLY;BYDAY=FR\r\nBEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
  "BEGIN:VEVENT\nDTSTART;TZID=Europe/Paris:20900110T100000\nDTEND:20900110T113000Z\nSUMMARY:x\nEND:VEVENT\n",
  "BEGIN:VEVENT\nDTSTART:20900110T250000\nDURATION:P15DT5H0M20S\nSTATUS:CANCELLED\nDESCRIPTION:a\\nb\n c\nEND:VEVENT\n",
  "BEGIN:VTODO\nUID:1\nRECURRENCE-ID;VALUE=DATE:20900113\nX-COMPTOIR-ID:2\nDUE;TZID=/a/Europe/Paris:20900114T093000\nEND:VTODO\n"
  "BEGIN:VTODO\nUID:1\nDTSTART;TZID=\"Romance Standard Time\":20900106T093000\nRRULE:FREQ=WEEKLY\n"
  "EXDATE;VALUE=DATE:20900120,20900127\nEXDATE:20900203T083000Z\nEND:VTODO\n",
  NULL,
};

static CptContentReader *
open_bytes (const void *bytes,
            gsize       length)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);

  return cpt_content_reader_new (stream);
}

static void
check_item (CptIcalendarItem *item,
            GTimeZone        *zone)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(CptContentReader) reader = NULL;
  g_autoptr(CptIcalendarItem) again = NULL;

  g_assert_true (item->summary == NULL || g_utf8_validate (item->summary, -1, NULL));
  g_assert_true (item->description == NULL || g_utf8_validate (item->description, -1, NULL));
  g_assert_true (!item->has_day || (item->day >= CPT_DATE_MIN && item->day <= CPT_DATE_MAX));
  g_assert_cmpint (item->duration, >=, 0);
  g_assert_true (!item->has_occurrence || (item->occurrence >= CPT_DATE_MIN && item->occurrence <= CPT_DATE_MAX));

  /* Rules are checked before they are written. */
  g_clear_pointer (&item->rule, g_free);
  cpt_icalendar_append_begin (text);
  cpt_icalendar_append (text, item);
  cpt_icalendar_append_end (text);
  reader = open_bytes (text->str, text->len);
  again = cpt_icalendar_read (reader, zone, NULL, NULL);
  g_assert_nonnull (again);
  g_assert_cmpint (again->is_event, ==, item->is_event);
  if (item->has_day && item->has_occurrence)
    g_assert_cmpint (again->occurrence, ==, item->occurrence);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr(CptContentReader) reader = open_bytes (bytes, length);
  CptIcalendarItem *item;

  while ((item = cpt_icalendar_read (reader, zone, NULL, NULL)) != NULL)
    {
      check_item (item, zone);
      cpt_icalendar_item_free (item);
    }

  return 0;
}
