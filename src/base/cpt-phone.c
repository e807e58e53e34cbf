/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telephone numbers: from what people write to E.164, and back.
 *
 * The plans are in cpt-phone-plans.c. How the digits of a number are grouped
 * is a table of calling code, first digits and length; the first row that
 * fits counts, and numbers without a row are grouped by length. */

#include "config.h"

#include "cpt-phone.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-phone-private.h"

#define MAX_DIGITS 15 /* E.164, with the calling code */
#define MAX_TEXT 64

typedef struct
{
  guint16 code;
  guint8 length;     /* 0 fits all */
  char groups[6];    /* lengths; digits left over go to the last */
  const char *first; /* first digits, alternatives separated by |; NULL fits all */
} Grouping;

static const Grouping groupings[] = {
  { 1, 10, "334" },
  { 7, 10, "3322" },
  { 30, 10, "334" },
  { 31, 9, "18", "6" },
  { 31, 9, "234", "10|13|15|20|23|24|26|30|33|35|36|38|40|43|45|46|50|53|55|58|70|71|72|73|74|75|76|77|78|79" },
  { 31, 9, "333" },
  { 32, 9, "3222", "4" },
  { 32, 8, "323", "800|90" },
  { 32, 8, "1322", "2|3|4|9" },
  { 32, 8, "2222" },
  { 33, 9, "3222", "8" },
  { 33, 9, "12222" },
  { 34, 9, "3222" },
  { 36, 8, "134", "1" },
  { 36, 8, "233" },
  { 36, 9, "234" },
  { 39, 10, "334", "3" },
  { 39, 0, "244", "02|06" },
  { 39, 0, "334", "010|011|015|019|030|031|035|039|040|041|045|049|050|051|055|059|070|071|075|079|080|081|085|089|090|091|095|099" },
  { 39, 0, "43", "0" },
  { 41, 9, "333", "8|9" },
  { 41, 9, "2322" },
  { 43, 0, "17", "1" },
  { 44, 10, "244", "20|23|24|28|29" },
  { 44, 10, "334", "11|121|131|141|151|161|171|181|191|3|8|9" },
  { 44, 9, "36", "800|8" },
  { 44, 10, "46", "7|1" },
  { 44, 9, "45" },
  { 45, 8, "2222" },
  { 47, 8, "323", "4|9" },
  { 47, 8, "2222" },
  { 48, 9, "333" },
  { 49, 0, "29", "30|40|69|89|32" },
  { 49, 0, "39", "15|16|17|18|800|700|900" },
  { 49, 0, "39", "202|203|208|209|212|214|228|234|335|340|345|355|365|375|385|395|906" },
  { 49, 0, "39", "201|211|221|231|241|251|261|271|281|291|331|341|351|361|371|381|391|421|431|441|451|461|471|481|491" },
  { 49, 0, "39", "511|521|531|541|551|561|571|581|591|611|621|631|641|651|661|671|681|711|721|731|741|751|761|771|781|791" },
  { 49, 0, "39", "811|821|831|841|851|861|871|881|911|921|931|941|951|961|971|981|991" },
  { 49, 0, "49" },
  { 55, 11, "254" },
  { 55, 10, "244" },
  { 61, 9, "333", "4" },
  { 61, 9, "144" },
  { 81, 10, "244" },
  { 86, 11, "344", "1" },
  { 91, 10, "55" },
  { 212, 9, "3222" },
  { 213, 9, "3222" },
  { 216, 8, "233" },
  { 221, 9, "2322" },
  { 225, 10, "22222" },
  { 237, 9, "12222" },
  { 262, 9, "3222" },
  { 351, 9, "333" },
  { 352, 9, "333", "6" },
  { 352, 6, "222" },
  { 352, 8, "2222" },
  { 353, 8, "134", "1" },
  { 375, 9, "2322" },
  { 377, 9, "12222", "6" },
  { 377, 8, "2222" },
  { 420, 9, "333" },
  { 508, 6, "222" },
  { 590, 9, "3222" },
  { 594, 9, "3222" },
  { 596, 9, "3222" },
  { 687, 6, "222" },
  { 689, 8, "2222" },
};

/* By length, where the table has no row */
static const char *const default_groups[] = {
  "1", "1", "2", "3", "22", "23", "222", "322", "2222", "333", "334", "344", "3333", "3334", "3344", "33333",
};

/* In France the overseas departments are dialled like any national number,
 * but have calling codes of their own. First digits behind the 0. */
static const struct
{
  char first[4];
  guint16 code;
} overseas[] = {
  { "262", 262 },
  { "263", 262 },
  { "269", 262 },
  { "639", 262 },
  { "692", 262 },
  { "693", 262 },
  { "590", 590 },
  { "690", 590 },
  { "691", 590 },
  { "594", 594 },
  { "694", 594 },
  { "596", 596 },
  { "696", 596 },
  { "697", 596 },
};

static char *
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, message);

  return NULL;
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || (c < 0x80 && strchr ("-./()[]_", (int) c) != NULL) ||
         (c >= 0x2010 && c <= 0x2015) || c == 0x00b7 || c == 0x00ad || c == 0x2022 ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* A plus in front if there was one, and digits; "(0)" behind a plus is left
 * out. FALSE when there is anything else. @text is shorter than MAX_TEXT. */
static gboolean
read_digits (const char *text,
             char        digits[MAX_TEXT])
{
  gsize n = 0;

  if (g_ascii_strncasecmp (text, "tel:", 4) == 0)
    text += 4;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_ascii_isdigit (*text))
        digits[n++] = *text;
      else if (*text == ' ')
        continue;
      else if (n > 0 && digits[0] == '+' && g_str_has_prefix (text, "(0)"))
        text += 2;
      else if ((c == '+' || c == 0xff0b) && n == 0)
        digits[n++] = '+';
      else if (c >= 0x80 && g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER)
        digits[n++] = (char) ('0' + g_unichar_digit_value (c));
      else if (!is_separator (c))
        return FALSE;
    }
  digits[n] = '\0';

  return TRUE;
}

static char *
join (const CptPhonePlan *plan,
      const char         *national)
{
  char code[6] = { 0 };
  gsize i = sizeof code - 1;

  for (guint rest = plan->code; rest > 0; rest /= 10)
    code[--i] = (char) ('0' + rest % 10);
  code[--i] = '+';

  return g_strconcat (code + i, national, NULL);
}

static gboolean
has_length (const CptPhonePlan *plan,
            const char         *national)
{
  gsize length = strlen (national);

  return length >= plan->shortest && length <= plan->longest;
}

static char *
normalise_international (const char  *digits,
                         GError     **error)
{
  const char *national;
  const CptPhonePlan *plan = cpt_phone_plan_match (digits, &national);

  if (plan == NULL)
    return fail (error, _("No country has this calling code"));

  /* A trunk prefix left behind the calling code: +33 06 12 34 56 78 */
  if (plan->trunk[0] == '0' && g_str_has_prefix (national, plan->trunk))
    national += strlen (plan->trunk);
  if (!has_length (plan, national))
    return fail (error, _("This telephone number has too few or too many digits"));

  return join (plan, national);
}

static char *
normalise_national (const char          *digits,
                    const CptPhonePlan  *plan,
                    GError             **error)
{
  gsize trunk_length = strlen (plan->trunk);
  const char *national = digits;
  const char *behind_code;

  if (trunk_length > 0 && g_str_has_prefix (digits, plan->trunk) &&
      (plan->trunk[0] == '0' || strlen (digits) > plan->longest))
    national += trunk_length;

  for (gsize i = 0; plan->code == 33 && strlen (national) == 9 && i < G_N_ELEMENTS (overseas); i++)
    {
      if (strncmp (national, overseas[i].first, 3) == 0)
        return join (cpt_phone_plan_find (overseas[i].code), national);
    }
  if (has_length (plan, national))
    return join (plan, national);

  /* The calling code whose plus was lost: 33612345678 */
  if (cpt_phone_plan_match (digits, &behind_code) == plan && has_length (plan, behind_code))
    return join (plan, behind_code);

  return fail (error, _("This telephone number has too few or too many digits"));
}

char *
cpt_phone_normalise (const char  *text,
                     const char  *country,
                     GError     **error)
{
  char digits[MAX_TEXT];
  const CptPhonePlan *plan = NULL;
  const char *exit_prefix;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_TEXT) == MAX_TEXT || !g_utf8_validate (text, -1, NULL) || !read_digits (text, digits))
    return fail (error, _("Use only digits, blanks and a plus sign for a telephone number"));
  if (digits[0] == '+')
    return normalise_international (digits + 1, error);

  if (country != NULL && country[0] != '\0')
    plan = cpt_phone_plan_find_for_country (country);
  exit_prefix = plan != NULL && plan->exit[0] != '\0' ? plan->exit : "00";
  if (strlen (digits) > strlen (exit_prefix) + 4 && g_str_has_prefix (digits, exit_prefix))
    return normalise_international (digits + strlen (exit_prefix), error);
  if (g_str_has_prefix (digits, "00"))
    return normalise_international (digits + 2, error);
  if (plan == NULL)
    return fail (error, _("Begin the telephone number with + and the calling code of its country"));

  return normalise_national (digits, plan, error);
}

static gboolean
fits_first (const char *national,
            const char *first)
{
  if (first == NULL)
    return TRUE;

  while (*first != '\0')
    {
      gsize length = strcspn (first, "|");

      if (strncmp (national, first, length) == 0)
        return TRUE;
      first += length + (first[length] == '|');
    }

  return FALSE;
}

static const char *
find_groups (guint       code,
             const char *national)
{
  gsize length = strlen (national);

  for (gsize i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      const Grouping *row = &groupings[i];

      if (row->code == code && (row->length == 0 || row->length == length) && fits_first (national, row->first))
        return row->groups;
    }

  return default_groups[MIN (length, G_N_ELEMENTS (default_groups) - 1)];
}

static void
append_grouped (GString    *text,
                const char *digits,
                const char *groups,
                char        separator)
{
  while (*digits != '\0')
    {
      gsize left = strlen (digits);
      gsize length = groups[1] == '\0' ? left : MIN ((gsize) (*groups - '0'), left);

      g_string_append_len (text, digits, (gssize) length);
      digits += length;
      if (*digits != '\0')
        g_string_append_c (text, separator);
      if (groups[1] != '\0')
        groups++;
    }
}

static char *
format_national (const CptPhonePlan *plan,
                 const char         *national)
{
  GString *text = g_string_new (NULL);

  /* Trunk prefixes other than 0 stand apart; North America has its own way. */
  if (plan->code == 1 && strlen (national) == 10)
    {
      g_string_append_printf (text, "(%.3s) %.3s-%s", national, national + 3, national + 6);
      return g_string_free (text, FALSE);
    }
  if (plan->trunk[0] != '\0' && strcmp (plan->trunk, "0") != 0)
    g_string_append_printf (text, "%s ", plan->trunk);
  else if (plan->code == 33 && national[0] == '8')
    g_string_append (text, "0 ");
  else if (plan->code != 377 || strlen (national) == 9) /* in Monaco only mobile numbers have it */
    g_string_append (text, plan->trunk);
  append_grouped (text, national, find_groups (plan->code, national), ' ');

  return g_string_free (text, FALSE);
}

char *
cpt_phone_format (const char *e164,
                  const char *country)
{
  const CptPhonePlan *plan = NULL;
  const char *national;
  gsize length;
  GString *text;

  g_return_val_if_fail (e164 != NULL, NULL);

  /* What is no E.164 number is shown as it is. */
  length = strlen (e164);
  if (e164[0] == '+' && length <= MAX_DIGITS + 1 && strspn (e164 + 1, "0123456789") == length - 1)
    plan = cpt_phone_plan_match (e164 + 1, &national);
  if (plan == NULL || *national == '\0')
    return g_strdup (e164);

  if (country != NULL && cpt_phone_plan_find_for_country (country) == plan)
    return format_national (plan, national);

  text = g_string_new (NULL);
  g_string_append_printf (text, "+%d ", plan->code);
  append_grouped (text, national, find_groups (plan->code, national), plan->code == 1 ? '-' : ' ');

  return g_string_free (text, FALSE);
}
