/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mail addresses, pages and telephone numbers of a card: they have a form of
 * their own, whatever stands around them. */

#include "config.h"

#include <string.h>

#include "cpt-card-private.h"
#include "cpt-phone.h"
#include "cpt-text.h"

/* A blank beside the @ is an error of reading that is made often. */
#define MAIL "([\\w.%+-]+) ?(?:@|\\(at\\)|\\[at\\]|©) ?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,24})\\b"
#define PAGE "(https?: ?//)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,24})\\b(/[\\w/.%~+-]*)?"
#define NUMBER "(?:\\+ ?|\\(\\+|\\b|\\()[0-9O][0-9OoIl()./\\s\\x{2013}-]{6,28}[0-9Oo]\\b"

/* Ends of names of pages; anything else with a dot in it may be an abbreviation */
#define ENDS                                                                                                              \
  "com|fr|org|net|eu|be|ch|lu|ca|de|at|es|it|pt|nl|uk|ie|us|io|co|info|biz|paris|bzh|alsace|corsica|agency|studio|music|" \
  "law|legal|art|pro|app|dev|ai|tech|shop|group|finance|restaurant|expert|consulting|media|design|online|site|tv|fm|me"

/* They give mailboxes to everybody. */
#define MAILBOXES                                                                                                    \
  "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|free|orange|wanadoo|laposte|sfr|" \
  "neuf|bbox|numericable|club-internet|proton|protonmail|bluewin|skynet|telenet|t-online"

/* Words before numbers of companies */
#define REGISTERS "siren|siret|rcs|tva|vat|capital|ape|naf|iban|rc|bce|ide|kbo"
/* Where numbers have nothing in front */
#define PLAIN_COUNTRIES "us|ca|es|pt|lu|dk|no|it|pl|gr|cz"
#define CALL "tel|telephone|phone|ph|t|std|standard|direct|directe|office|bureau"

#define FAX "fax|telecopie|telecopieur|f"
#define MOBILE "mob|mobile|port|portable|cell|gsm|m|p|handy"
/* Words before a number or an address that say what follows */
#define LABELS CALL "|ligne|" FAX "|" MOBILE "|email|mail|courriel|e|web|site|internet|www|w"

static GRegex *
create_regex (const char *pattern)
{
  return g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
}

/* Takes the match out, and the word that says what it is when nothing else is left */
static void
take_out (CptCardLine *line,
          GMatchInfo  *match)
{
  g_auto(GStrv) words = NULL;
  gboolean is_label = TRUE;
  int start, end;

  g_match_info_fetch_pos (match, 0, &start, &end);
  cpt_card_cut (line, (gsize) start, (gsize) end);
  words = g_strsplit_set (line->folded, " :.,/|()-", -1);
  for (guint i = 0; words[i] != NULL && is_label; i++)
    is_label = *words[i] == '\0' || cpt_card_has_word (words[i], LABELS);
  line->is_used = line->is_used || is_label;
}

static void
find_mail (CptCard *card)
{
  g_autoptr(GRegex) regex = create_regex (MAIL);

  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *user = NULL;
      g_autofree char *host = NULL;
      g_autofree char *address = NULL;

      if (line->is_used || !g_regex_match (regex, line->text, 0, &match))
        continue;
      user = g_match_info_fetch (match, 1);
      host = g_match_info_fetch (match, 2);
      address = g_strconcat (user, "@", host, NULL);
      if (g_str_is_ascii (address) && cpt_card_take (card, CPT_CARD_EMAIL, g_ascii_strdown (address, -1)))
        take_out (line, match);
    }
}

static gboolean
is_page (const char *scheme,
         const char *host)
{
  const char *end = strrchr (host, '.');

  return *scheme != '\0' || g_ascii_strncasecmp (host, "www.", 4) == 0 ||
         (end != NULL && (gsize) (end - host) > 2 && cpt_card_has_word (end + 1, ENDS));
}

static void
find_pages (CptCard *card)
{
  g_autoptr(GRegex) regex = create_regex (PAGE);

  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *scheme = NULL;
      g_autofree char *host = NULL;
      g_autofree char *path = NULL;
      g_autofree char *lower = NULL;
      CptCardField field;

      /* A second mail address of the card is no page. */
      if (line->is_used || strchr (line->text, '@') != NULL || !g_regex_match (regex, line->text, 0, &match))
        continue;
      scheme = g_match_info_fetch (match, 1);
      host = g_match_info_fetch (match, 2);
      path = g_match_info_fetch (match, 3);
      lower = g_ascii_strdown (host, -1);
      if (!is_page (scheme, lower))
        continue;
      field = strstr (lower, "linkedin.") != NULL ? CPT_CARD_LINKEDIN : CPT_CARD_WEBSITE;
      if (cpt_card_take (card, field, g_strconcat ("https://", lower, path, NULL)))
        take_out (line, match);
    }
}

/* Digits that were read as letters */
static char *
dup_digits (const char *text)
{
  g_autoptr(GString) digits = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);

      if (letter == 'O' || letter == 'o')
        letter = '0';
      else if (letter == 'I' || letter == 'l')
        letter = '1';
      else if (letter == 0x2013 || letter == '/')
        letter = ' ';
      g_string_append_unichar (digits, letter);
    }

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* By the first digits, where these tell */
static gboolean
is_mobile (const char *number)
{
  static const char *const mobiles[] = { "+336", "+337", "+3246", "+3247", "+3248", "+3249", "+4175", "+4176", "+4177",
                                         "+4178", "+4179", "+447", "+4915", "+4916", "+4917", "+346", "+393", "+316", "+352621",
                                         "+352661", "+352691" };

  for (guint i = 0; i < G_N_ELEMENTS (mobiles); i++)
    if (g_str_has_prefix (number, mobiles[i]))
      return TRUE;

  return FALSE;
}

/* The last word before a number says what it is: "Tel. 04 … Fax 04 …" */
static char *
dup_word_before (const char *text,
                 int         start)
{
  g_autofree char *before = g_strndup (text, (gsize) start);
  g_auto(GStrv) parts = g_strsplit_set (before, " :.,/|()-", -1);

  for (guint i = g_strv_length (parts); i > 0; i--)
    if (*parts[i - 1] != '\0')
      return g_strdup (parts[i - 1]);

  return NULL;
}

static gboolean
is_called (const char *text,
           int         start,
           const char *words)
{
  g_autofree char *word = dup_word_before (text, start);
  g_autofree char *folded = word != NULL ? cpt_text_fold (word) : NULL;

  return folded != NULL && cpt_card_has_word (folded, words);
}

/* A number that no field is for, with the word that says what it is */
static void
keep_number (CptCard    *card,
             const char *text,
             int         start,
             const char *number)
{
  g_autofree char *word = is_called (text, start, LABELS) ? dup_word_before (text, start) : NULL;

  g_ptr_array_add (card->more, word != NULL ? g_strconcat (word, " ", number, NULL) : g_strdup (number));
}

/* Nine digits may be anything; what calls itself a telephone number or begins as one is one. */
static gboolean
is_number (CptCard    *card,
           const char *text,
           int         start)
{
  g_autofree char *country = card->country != NULL ? g_ascii_strdown (card->country, -1) : NULL;

  if (is_called (text, start, REGISTERS))
    return FALSE;

  return strchr ("+0(O", text[start]) != NULL || is_called (text, start, CALL "|" FAX "|" MOBILE) ||
         (country != NULL && cpt_card_has_word (country, PLAIN_COUNTRIES));
}

/* FALSE where two others were there before */
static gboolean
take_number (CptCard    *card,
             const char *number,
             gboolean    is_called_mobile)
{
  CptCardField field = is_called_mobile || is_mobile (number) ? CPT_CARD_MOBILE : CPT_CARD_PHONE;
  CptCardField other = field == CPT_CARD_PHONE ? CPT_CARD_MOBILE : CPT_CARD_PHONE;

  if (g_strcmp0 (card->guess->fields[field], number) == 0)
    return TRUE;
  if (cpt_card_take (card, field, g_strdup (number)) || cpt_card_take (card, other, g_strdup (number)))
    return TRUE;

  return g_strcmp0 (card->guess->fields[other], number) == 0;
}

static void
find_numbers (CptCard     *card,
              CptCardLine *line,
              GRegex      *regex)
{
  gboolean goes_on = TRUE;

  while (goes_on && !line->is_used)
    {
      g_autoptr(GMatchInfo) match = NULL;

      goes_on = FALSE;
      g_regex_match (regex, line->text, 0, &match);
      for (; g_match_info_matches (match) && !goes_on; g_match_info_next (match, NULL))
        {
          g_autofree char *found = g_match_info_fetch (match, 0);
          g_autofree char *digits = dup_digits (found);
          g_autofree char *number = cpt_phone_normalise (digits, card->country, NULL);
          int start;

          g_match_info_fetch_pos (match, 0, &start, NULL);
          if (number == NULL || !is_number (card, line->text, start))
            continue;
          if (is_called (line->text, start, FAX) ||
              !take_number (card, number, is_called (line->text, start, MOBILE)))
            keep_number (card, line->text, start, found);
          take_out (line, match);
          goes_on = TRUE;
        }
    }
}

char *
cpt_card_dup_domain_name (const char *host)
{
  g_auto(GStrv) parts = g_strsplit (host, ".", -1);
  guint n = g_strv_length (parts);
  guint at;

  if (n < 2)
    return NULL;

  at = n - 2;
  if (at > 0 && cpt_card_has_word (parts[at], "co|com|org|net|ac|gouv|gov"))
    at--;

  return cpt_card_has_word (parts[at], MAILBOXES) ? NULL : g_strdup (parts[at]);
}

void
cpt_card_find_reach (CptCard *card)
{
  g_autoptr(GRegex) regex = create_regex (NUMBER);

  find_mail (card);
  find_pages (card);
  for (guint i = 0; i < card->lines->len; i++)
    find_numbers (card, cpt_card_get_line (card, i), regex);
}
