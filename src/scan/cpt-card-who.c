/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose card it is: the company, the job and the person. None of them has a form
 * of its own; words that are usual in them tell, and the mail address, which
 * often has the name of the one before the @ and of the other behind it. */

#include "config.h"

#include <string.h>

#include "cpt-card-private.h"
#include "cpt-text.h"

#define MIN_NAME 3       /* score from which a line is taken for a name */
#define LIKE_DOMAIN 0.86 /* similarity */

#define JOBS                                                                                                            \
  "directeur|directrice|dir|director|responsable|manager|chef|cheffe|head|president|presidente|pdg|dg|daf|drh|ceo|cto|" \
  "cfo|coo|cmo|gerant|gerante|fondateur|fondatrice|cofondateur|cofondatrice|founder|co-founder|owner|partner|associe|"  \
  "associee|ingenieur|ingenieure|engineer|consultant|consultante|conseiller|conseillere|conseil en|advisor|architecte|" \
  "architect|avocat|avocate|lawyer|attorney|notaire|commercial|commerciale|sales|account|assistant|assistante|"         \
  "secretaire|developpeur|developpeuse|developer|designer|graphiste|photographe|photographer|charge|chargee|comptable|" \
  "accountant|expert|experte|medecin|docteur|professeur|professor|technicien|technicienne|technico-commercial|officer|" \
  "analyst|analyste|producteur|productrice|producer|booker|attache|attachee|delegue|deleguee|coordinateur|"             \
  "coordinatrice|coordinator|vendeur|vendeuse|acheteur|acheteuse|buyer|agent|administrateur|administratrice|"           \
  "administrator|specialist|specialiste|lead|vice-president|vp|marketing|communication|chercheur|chercheuse|artisan|"   \
  "restaurateur|sommelier|traiteur|formateur|formatrice|coach|journaliste|editor|redacteur|redactrice|consul|maire"

#define COMPANIES                                                                                                      \
  "sarl|sas|sasu|eurl|sa|snc|sci|scop|gie|gmbh|ag|kg|ltd|limited|llc|llp|inc|corp|corporation|plc|bv|nv|sprl|srl|spa|" \
  "co|cie|groupe|group|holding|agence|agency|cabinet|etablissements|ets|societe|company|consulting|partners|associes|" \
  "studio|studios|records|productions|solutions|services|industries|banque|bank|assurances|mairie|universite|"         \
  "university|institut|institute|association|fondation|foundation|hotel|restaurant|brasserie|editions|atelier|ateliers"

#define TITLES "m|mr|mme|mlle|mrs|ms|miss|dr|me|maitre|pr|prof|monsieur|madame|herr|frau"
#define PARTICLES "de|du|des|d|von|van|der|den|la|le|el|al|ben|di|da|dos|mac|mc|saint"

/* What the domain of the mail address or of the page is called, folded without
 * signs; NULL where everybody may have it */
static char *
dup_domain (CptCard *card)
{
  const char *email = card->guess->fields[CPT_CARD_EMAIL];
  const char *page = card->guess->fields[CPT_CARD_WEBSITE];
  g_autofree char *host = NULL;
  char *name = email != NULL ? cpt_card_dup_domain_name (strchr (email, '@') + 1) : NULL;

  if (name != NULL || page == NULL)
    return name;

  page += strlen ("https://");
  host = g_strndup (page, strcspn (page, "/"));

  return cpt_card_dup_domain_name (host);
}

static char *
dup_letters (const char *text)
{
  g_autoptr(GString) letters = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      g_string_append_unichar (letters, g_utf8_get_char (text));

  return g_string_free (g_steal_pointer (&letters), FALSE);
}

static gboolean
is_like_domain (const CptCardLine *line,
                const char        *domain)
{
  g_autofree char *letters = dup_letters (line->folded);
  g_autofree char *name = domain != NULL ? dup_letters (domain) : NULL;

  return name != NULL && strlen (name) > 2 && *letters != '\0' &&
         cpt_text_get_folded_similarity (letters, strlen (letters), name, strlen (name)) >= LIKE_DOMAIN;
}

/* The words of a name, titles left out; NULL when there are too few or too many */
static GStrv
dup_words (const char *text)
{
  g_auto(GStrv) parts = g_strsplit_set (text, " ,", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *folded = cpt_text_fold (parts[i]);
      g_autofree char *letters = dup_letters (folded);

      if (*letters == '\0' || (n == 0 && cpt_card_has_word (letters, TITLES)))
        continue;
      if (n > 1 && cpt_card_has_word (letters, "phd|mba|msc|mrics|cpa|esq"))
        continue;
      g_strv_builder_add (builder, parts[i]);
      n++;
    }

  return n >= 2 && n <= 5 ? g_strv_builder_end (builder) : NULL;
}

static gboolean
is_particle (const char *word)
{
  g_autofree char *folded = cpt_text_fold (word);

  return cpt_card_has_word (folded, PARTICLES);
}

static gboolean
is_capitalised (GStrv words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_unichar_isupper (g_utf8_get_char (words[i])) && !is_particle (words[i]))
      return FALSE;

  return TRUE;
}

/* How many of the words stand before the @ */
static int
count_in_mail (CptCard *card,
               GStrv    words)
{
  const char *email = card->guess->fields[CPT_CARD_EMAIL];
  g_autofree char *user = email != NULL ? g_strndup (email, strcspn (email, "@")) : NULL;
  int n = 0;

  for (guint i = 0; user != NULL && words[i] != NULL; i++)
    {
      g_autofree char *folded = cpt_text_fold (words[i]);
      g_autofree char *letters = dup_letters (folded);

      n += strlen (letters) > 2 && strstr (user, letters) != NULL;
    }

  return n;
}

/* How much line @index looks like a person's name; 0 when it can't be one */
static int
score_name (CptCard *card,
            guint    index)
{
  const CptCardLine *line = cpt_card_get_line (card, index);
  g_auto(GStrv) words = line->is_used || !cpt_card_is_wordy (line->text) ? NULL : dup_words (line->text);
  int score = 2;

  if (words == NULL || !is_capitalised (words))
    return 0;

  if (cpt_card_has_word (line->folded, TITLES))
    score += 2;
  if (cpt_card_has_word (line->folded, JOBS))
    score -= 3;
  if (cpt_card_has_word (line->folded, COMPANIES))
    score -= 3;
  if (index + 1 < card->lines->len && cpt_card_has_word (cpt_card_get_line (card, index + 1)->folded, JOBS))
    score += 2;
  if (index < 3)
    score += 1;
  score += 3 * count_in_mail (card, words);

  return MAX (score, 0);
}

static gboolean
is_upper (const char *word)
{
  g_autofree char *upper = g_utf8_strup (word, -1);
  g_autofree char *lower = g_utf8_strdown (word, -1);

  return strcmp (upper, word) == 0 && strcmp (lower, word) != 0 && g_utf8_strlen (word, -1) > 1;
}

static char *
dup_joined (GStrv words,
            guint first,
            guint end)
{
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = first; i < end; i++)
    {
      g_autofree char *calm = cpt_card_dup_calm (words[i]);

      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", calm);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* Where the family name begins: what is all capitals among what is not is it;
 * otherwise the second word, with its particles */
static void
split_name (GStrv  words,
            guint *first,
            guint *last)
{
  guint n = g_strv_length (words);
  guint n_upper = 0;

  for (guint i = 0; i < n; i++)
    n_upper += is_upper (words[i]);

  *first = 0;
  *last = 1;
  if (n_upper > 0 && n_upper < n && is_upper (words[0]))
    {
      *last = 0;
      *first = 1;
      while (*first < n - 1 && is_upper (words[*first]))
        *first += 1;
    }
  else if (n_upper > 0 && n_upper < n)
    {
      while (*last < n - 1 && !is_upper (words[*last]))
        *last += 1;
      while (*last > 1 && is_particle (words[*last - 1]))
        *last -= 1;
    }
}

static void
take_name (CptCard     *card,
           CptCardLine *line)
{
  g_auto(GStrv) words = dup_words (line->text);
  guint n = g_strv_length (words);
  guint first, last;

  split_name (words, &first, &last);
  if (last == 0)
    {
      cpt_card_take (card, CPT_CARD_LAST_NAME, dup_joined (words, 0, first));
      cpt_card_take (card, CPT_CARD_FIRST_NAME, dup_joined (words, first, n));
    }
  else
    {
      cpt_card_take (card, CPT_CARD_FIRST_NAME, dup_joined (words, 0, last));
      cpt_card_take (card, CPT_CARD_LAST_NAME, dup_joined (words, last, n));
    }
  line->is_used = TRUE;
}

/* The place of the name; the number of lines when there is none */
static guint
find_name (CptCard *card)
{
  guint best = card->lines->len;
  int best_score = MIN_NAME - 1;

  for (guint i = 0; i < card->lines->len; i++)
    {
      int score = score_name (card, i);

      if (score > best_score)
        {
          best = i;
          best_score = score;
        }
    }
  if (best < card->lines->len)
    take_name (card, cpt_card_get_line (card, best));

  return best;
}

static void
find_company (CptCard    *card,
              const char *domain)
{
  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);

      if (!line->is_used && is_like_domain (line, domain) &&
          cpt_card_take (card, CPT_CARD_COMPANY, g_strdup (line->text)))
        line->is_used = TRUE;
    }
  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);

      if (!line->is_used && cpt_card_is_wordy (line->text) && cpt_card_has_word (line->folded, COMPANIES) &&
          !cpt_card_has_word (line->folded, JOBS) && score_name (card, i) < MIN_NAME + 2 &&
          cpt_card_take (card, CPT_CARD_COMPANY, g_strdup (line->text)))
        line->is_used = TRUE;
    }
}

static void
find_job (CptCard *card,
          guint    name)
{
  CptCardLine *below = name + 1 < card->lines->len ? cpt_card_get_line (card, name + 1) : NULL;

  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);

      if (!line->is_used && cpt_card_is_wordy (line->text) && cpt_card_has_word (line->folded, JOBS) &&
          cpt_card_take (card, CPT_CARD_JOB_TITLE, cpt_card_dup_calm (line->text)))
        line->is_used = TRUE;
    }
  /* What stands below a name is what the person does, unless it is the only thing left. */
  if (below != NULL && !below->is_used && cpt_card_is_wordy (below->text) && card->guess->fields[CPT_CARD_COMPANY] != NULL &&
      cpt_card_take (card, CPT_CARD_JOB_TITLE, g_strdup (below->text)))
    below->is_used = TRUE;
}

/* The first line that nobody knows, or the name of the domain */
static void
guess_company (CptCard    *card,
               const char *domain)
{
  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);

      if (!line->is_used && cpt_card_is_wordy (line->text) && g_unichar_isupper (g_utf8_get_char (line->text)) &&
          g_utf8_strlen (line->text, -1) < 50 && cpt_card_take (card, CPT_CARD_COMPANY, g_strdup (line->text)))
        line->is_used = TRUE;
    }
  if (domain != NULL)
    {
      g_autofree char *upper = g_ascii_strup (domain, -1);

      g_strdelimit (upper, "-_", ' ');
      cpt_card_take (card, CPT_CARD_COMPANY, cpt_card_dup_calm (upper));
    }
}

void
cpt_card_find_who (CptCard *card)
{
  g_autofree char *domain = dup_domain (card);
  guint name;

  find_company (card, domain);
  name = find_name (card);
  find_job (card, name);
  guess_company (card, domain);
}
