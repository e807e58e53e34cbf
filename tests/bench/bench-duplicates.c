/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Duplicates among a million contacts, of which one in twenty is there twice:
 * written in capitals or without accents, with a typing error in a name, first
 * and last name swapped, the first name as a letter, another phone number, no
 * e-mail address; up to three of these at once. Beside them live families with
 * one number and one address, and colleagues with their company's number.
 *
 * CPT_BENCH_ROWS makes fewer, CPT_BENCH_SEED other people. The scan runs in a
 * process of its own, whose memory is what is told. */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cpt-duplicates.h"
#include "cpt-text.h"
#include "cpt-transaction.h"

#define DEFAULT_ROWS 1000000
#define SLICE 5000
#define PER_ORGANISATION 20
#define N_FINDS 300

/* SplitMix64 (Steele, Lea, Flood, 2014): any person can be made again from her number */
typedef struct
{
  guint64 state;
} Random;

static guint64
next (Random *random)
{
  guint64 z = (random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

static guint
pick (Random *random,
      guint   n)
{
  return (guint) (next (random) % n);
}

static gboolean
chance (Random *random,
        guint   percent)
{
  return pick (random, 100) < percent;
}

static const char *const first_names[] = {
  "Amélie", "Benoît", "Chloé", "David", "Élodie", "François", "Gaëlle", "Hugo", "Inès", "Julien", "Léa", "Mathieu",
  "Marie", "Jean", "Pierre", "Nathalie", "Isabelle", "Philippe", "Catherine", "Nicolas", "Sylvie", "Michel",
  "Christophe", "Sandrine", "Thierry", "Valérie", "Laurent", "Stéphanie", "Sébastien", "Céline", "Frédéric", "Aurélie",
  "Thomas", "Camille", "Antoine", "Émilie", "Alexandre", "Julie", "Guillaume", "Manon", "Jean-Pierre", "Anne-Marie",
  "Marie-Claude", "Jean-Luc", "Mohamed", "Fatima", "Karim", "Samira", "Olivier", "Patricia", "Bernard", "Monique",
  "Jacques", "Françoise", "Daniel", "Martine", "Éric", "Véronique", "Bruno", "Corinne", "Pascal", "Agnès", "Didier",
  "Hélène", "Gérard", "Brigitte", "Yves", "Jacqueline", "Alain", "Christine", "Marc", "Dominique", "Vincent", "Sophie",
  "Romain", "Pauline", "Maxime", "Mélanie", "Kévin", "Laura", "Florian", "Marion", "Quentin", "Justine", "Adrien",
  "Margaux", "Clément", "Océane", "Lucas", "Sarah", "Théo", "Emma", "Louis", "Jade", "Gabriel", "Louise", "Raphaël",
  "Alice", "Arthur", "Zoé",
};
static const char *const beginnings[] = {
  "Mar", "Ber", "Du", "Tho", "Ro", "Ri", "Pe", "Le", "Mo", "Si", "Lau", "Le Fè", "Gar", "Da", "Bo", "Ve", "Cha", "Gau",
  "Fou", "Gi", "Bon", "Per", "Mer", "Clé", "Fa", "Cor", "Bri", "Pas", "Noë", "Sau",
};
static const char *const middles[] = {
  "ti", "na", "bo", "ma", "be", "cha", "li", "ro", "re", "mo", "ren", "vre", "ni", "vi", "ber", "da", "lle", "nne", "rni", "ra",
};
static const char *const ends[] = {
  "n", "rd", "is", "s", "rt", "t", "y", "au", "c", "x", "lin", "don", "gneau", "ville", "mont", "er", "let", "sson", "quet", "nier",
};
static const char *const providers[] = { "gmail.com", "orange.fr", "free.fr", "yahoo.fr", "laposte.net", "wanadoo.fr" };
static const char *const streets[] = { "de la République", "Victor-Hugo", "des Lilas", "de l’Église", "du Moulin", "Pasteur", "de la Gare" };

typedef struct
{
  char *first;
  char *last;
  char *email;        /* (nullable) */
  char *phone;        /* (nullable) */
  char *mobile;       /* (nullable) */
  char *address;      /* (nullable) */
  gint64 birthday;    /* 0 for none */
  guint organisation; /* 0 for none */
} Person;

static void
person_clear (Person *self)
{
  g_free (self->first);
  g_free (self->last);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->mobile);
  g_free (self->address);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

typedef struct
{
  CptDatabase *database;
  CptSchema *schema;
  guint n_rows;
  guint seed;
  guint n_organisations;
  guint32 *people; /* who each row is */
} Bench;

/* Some are more frequent than others */
static guint
pick_frequent (Random *random,
               guint   n)
{
  guint a = pick (random, n);
  guint b = pick (random, n);

  return MIN (a, b);
}

static char *
make_last (Random *random)
{
  const char *beginning = beginnings[pick_frequent (random, G_N_ELEMENTS (beginnings))];
  const char *middle = middles[pick_frequent (random, G_N_ELEMENTS (middles))];
  const char *end = ends[pick_frequent (random, G_N_ELEMENTS (ends))];

  if (chance (random, 40))
    return g_strconcat (beginning, middle, middles[pick (random, G_N_ELEMENTS (middles))], end, NULL);

  return g_strconcat (beginning, middle, end, NULL);
}

static char *
make_number (Random *random,
             char    kind)
{
  return g_strdup_printf ("+33%c%08u", kind, pick (random, 100000000));
}

static char *
make_email (Random       *random,
            const Person *person,
            guint         number)
{
  g_autoptr(GString) words = g_string_new (NULL);

  cpt_text_append_words (words, person->first);
  cpt_text_append_words (words, person->last);
  g_strdelimit (g_strchomp (words->str), " ", '.');
  if (person->organisation != 0 && chance (random, 60))
    return g_strdup_printf ("%s.%u@entreprise%u.fr", words->str, number, person->organisation);

  return g_strdup_printf ("%s%u@%s", words->str, number, providers[pick (random, G_N_ELEMENTS (providers))]);
}

/* Some live with the one before, with the same family name, number and address;
 * not with the same first name, which would be the same person */
static void
make_person (Bench  *bench,
             guint   number,
             Person *person)
{
  Random random = { .state = (guint64) number * 7919 + bench->seed };
  Random home = random;
  gboolean is_family = chance (&random, 4) && number > 0;
  guint half = G_N_ELEMENTS (first_names) / 2;

  if (is_family)
    home.state -= 7919;
  next (&home);

  *person = (Person){ .last = make_last (&home) };
  if (chance (&home, 60))
    person->phone = make_number (&home, '1');
  if (chance (&home, 60))
    person->address =
      g_strdup_printf ("{\"city\":\"Ville %u\",\"country\":\"FR\",\"postcode\":\"%05u\",\"street\":\"%u rue %s\"}", pick (&home, 900),
                       10000 + pick (&home, 900) * 90, 1 + pick (&home, 120), streets[pick (&home, G_N_ELEMENTS (streets))]);
  person->first = g_strdup (first_names[pick_frequent (&random, half) + (is_family ? half : 0)]);
  if (chance (&random, 85))
    person->organisation = 1 + pick (&random, bench->n_organisations);
  if (chance (&random, 88))
    person->email = make_email (&random, person, number);
  if (chance (&random, 60))
    person->mobile = make_number (&random, '6');
  if (chance (&random, 25))
    person->birthday = -10000 + (gint64) pick (&random, 20000);
  /* The company's number */
  if (person->organisation != 0 && chance (&random, 15))
    {
      g_free (person->phone);
      person->phone = g_strdup_printf ("+334%08u", person->organisation);
    }
}

/* One letter left out, doubled, changed, or two swapped */
static void
mistype (Random  *random,
         char   **text)
{
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (*text, -1, NULL);
  glong n = g_utf8_strlen (*text, -1);
  glong at;
  gunichar swapped;

  if (n < 3)
    return;

  at = 1 + (glong) pick (random, (guint) n - 2);
  switch (pick (random, 4))
    {
    case 0:
      memmove (letters + at, letters + at + 1, (gsize) (n - at) * sizeof *letters);
      break;
    case 1:
      swapped = letters[at];
      letters[at] = letters[at + 1];
      letters[at + 1] = swapped;
      break;
    case 2:
      letters[at] = 'a' + pick (random, 26);
      break;
    default:
      letters[at + 1] = letters[at];
      break;
    }
  g_free (*text);
  *text = g_ucs4_to_utf8 (letters, -1, NULL, NULL, NULL);
}

static void
replace (char **text,
         char  *other)
{
  g_free (*text);
  *text = other;
}

static void
spoil (Random *random,
       Person *person)
{
  char *swapped;

  switch (pick (random, 8))
    {
    case 0:
      replace (&person->first, g_utf8_strup (person->first, -1));
      replace (&person->last, g_utf8_strup (person->last, -1));
      break;
    case 1:
      replace (&person->first, cpt_text_fold (person->first));
      replace (&person->last, cpt_text_fold (person->last));
      break;
    case 2:
      mistype (random, &person->first);
      break;
    case 3:
      mistype (random, &person->last);
      break;
    case 4:
      swapped = person->first;
      person->first = person->last;
      person->last = swapped;
      break;
    case 5:
      if (person->phone != NULL)
        replace (&person->phone, make_number (random, '2'));
      if (person->mobile != NULL)
        replace (&person->mobile, make_number (random, '7'));
      break;
    case 6:
      replace (&person->email, NULL);
      break;
    default:
      replace (&person->first, g_strdup_printf ("%.*s.", (int) (g_utf8_next_char (person->first) - person->first), person->first));
      break;
    }
}

static void
take_text (CptRecord  *record,
           const char *field,
           const char *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_record_take (record, cpt_entity_find_field (record->entity, field), value);
}

static CptUuid
get_organisation (guint number)
{
  g_autofree char *name = g_strdup_printf ("organisation %u", number);
  CptUuid id;

  cpt_uuid_derive (&id, 1000, name);

  return id;
}

static CptRecord *
make_record (Bench        *bench,
             const Person *person)
{
  CptRecord *record = cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, "contact"));
  g_autofree char *full = g_strconcat (person->first, " ", person->last, NULL);
  CptValue value = CPT_VALUE_INIT;

  take_text (record, "full_name", full);
  take_text (record, "first_name", person->first);
  take_text (record, "last_name", person->last);
  take_text (record, "email", person->email);
  take_text (record, "phone", person->phone);
  take_text (record, "mobile", person->mobile);
  take_text (record, "address", person->address);
  if (person->birthday != 0)
    {
      cpt_value_set_integer (&value, person->birthday);
      cpt_record_take (record, cpt_entity_find_field (record->entity, "birthday"), value);
    }
  if (person->organisation != 0)
    {
      CptUuid id = get_organisation (person->organisation);
      CptValue link = CPT_VALUE_INIT;

      cpt_value_set_id (&link, &id);
      cpt_record_take (record, cpt_entity_find_field (record->entity, "organisation"), link);
    }

  return record;
}

/* One in twenty is somebody who was there before */
static CptRecord *
make_row (Bench *bench,
          guint  row)
{
  Random random = { .state = G_GUINT64_CONSTANT (0x5851f42d4c957f2d) * (row + 1) + bench->seed };
  gboolean is_double = row > 100 && chance (&random, 5);
  g_auto(Person) person = { 0 };

  bench->people[row] = is_double ? bench->people[pick (&random, row)] : row;
  make_person (bench, bench->people[row], &person);
  if (is_double)
    for (guint n = 1 + pick (&random, 3); n > 0; n--)
      spoil (&random, &person);

  return make_record (bench, &person);
}

static void
fill_organisations (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

  for (guint i = 1; i <= bench->n_organisations; i++)
    {
      g_autoptr(CptRecord) record =
        cpt_record_new (bench->schema, cpt_schema_find_entity (bench->schema, "organisation"));
      g_autofree char *name = g_strdup_printf ("Organisation %u", i);

      record->id = get_organisation (i);
      take_text (record, "name", name);
      cpt_transaction_create (transaction, record);
    }
  cpt_database_commit (bench->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
fill (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = NULL;

  fill_organisations (bench);
  unit = cpt_unit_begin (bench->database, CPT_ORIGIN_SYNC, "bench", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < bench->n_rows; i += SLICE)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);

      for (guint j = i; j < MIN (bench->n_rows, i + SLICE); j++)
        {
          g_autoptr(CptRecord) record = make_row (bench, j);

          cpt_transaction_create (transaction, record);
        }
      cpt_unit_commit (unit, transaction, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  cpt_unit_finish (unit, NULL, &error);
  g_assert_no_error (error);
}

static void
print_result (const char *job,
              double      measured,
              double      target,
              const char *unit,
              gboolean    reached)
{
  g_print ("BENCH\tduplicates: %s\t%.4g %s\t%.4g %s\t%s\n", job, measured, unit, target, unit, reached ? "ok" : "slow");
}

/* How many pairs of rows are one person */
static guint64
count_truth (Bench *bench)
{
  g_autofree guint32 *counts = g_new0 (guint32, bench->n_rows);
  guint64 n = 0;

  for (guint i = 0; i < bench->n_rows; i++)
    n += counts[bench->people[i]]++;

  return n;
}

static void
show_wrong (Bench                  *bench,
            CptDuplicates          *found,
            guint                   index,
            const CptDuplicatePair *pair)
{
  g_auto(GStrv) reasons = cpt_duplicates_dup_reasons (found, index);
  g_autofree char *text = g_strjoinv ("; ", reasons);

  g_print ("# wrong: %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.3f %s\n", pair->row, pair->other_row, (double) pair->score, text);
}

/* The records were made in the order of their rows, which begin with 1 */
static void
bench_scan (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr(CptDuplicates) found = NULL;
  guint64 n_true = count_truth (bench);
  guint64 n_right = 0;
  guint n_found;
  double seconds, memory, precision, recall;
  struct rusage usage;

  found = cpt_duplicates_scan (bench->database, cpt_schema_find_entity (bench->schema, "contact"),
                               CPT_DUPLICATES_MIN_SCORE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  getrusage (RUSAGE_SELF, &usage);
  memory = (double) usage.ru_maxrss / 1024.0;

  n_found = cpt_duplicates_get_length (found);
  for (guint i = 0; i < n_found; i++)
    {
      const CptDuplicatePair *pair = cpt_duplicates_get_pair (found, i);

      if (bench->people[pair->row - 1] == bench->people[pair->other_row - 1])
        n_right++;
      else if ((i - n_right) % 10 == 0 && g_getenv ("CPT_BENCH_SHOW") != NULL)
        show_wrong (bench, found, i, pair);
    }
  recall = (double) n_right / (double) MAX (n_true, 1);
  precision = (double) n_right / (double) MAX (n_found, 1);
  g_print ("# %u contacts, seed %u: %" G_GUINT64_FORMAT " true pairs, %u found\n", bench->n_rows, bench->seed, n_true, n_found);
  print_result ("scan", seconds, 15, "s", seconds <= 15);
  print_result ("scan: memory", memory, 400, "MiB", memory <= 400);
  print_result ("scan: recall", recall, 0.95, "", recall >= 0.95);
  print_result ("scan: precision", precision, 0.98, "", precision >= 0.98);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Somebody types a contact that is there already */
static void
bench_find (Bench *bench)
{
  double times[N_FINDS];
  Random random = { .state = 99 };
  guint n_hits = 0;

  for (guint i = 0; i < N_FINDS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptDuplicates) found = NULL;
      g_autoptr(CptRecord) record = NULL;
      g_auto(Person) person = { 0 };
      guint row = pick (&random, bench->n_rows);
      gint64 start;

      make_person (bench, bench->people[row], &person);
      spoil (&random, &person);
      record = make_record (bench, &person);
      start = g_get_monotonic_time ();
      found = cpt_duplicates_find (bench->database, record, CPT_DUPLICATES_MIN_SCORE, 10, &error);
      times[i] = (double) (g_get_monotonic_time () - start) / 1000.0;
      g_assert_no_error (error);
      for (guint k = 0; k < cpt_duplicates_get_length (found); k++)
        if (bench->people[cpt_duplicates_get_pair (found, k)->other_row - 1] == bench->people[row])
          {
            n_hits++;
            break;
          }
    }
  qsort (times, N_FINDS, sizeof *times, compare_doubles);
  print_result ("one record, median", times[N_FINDS / 2], 5, "ms", times[N_FINDS / 2] <= 5);
  print_result ("one record, 95th percentile", times[N_FINDS * 95 / 100], 16, "ms", times[N_FINDS * 95 / 100] <= 16);
  print_result ("one record, found", (double) n_hits / N_FINDS, 0.95, "", n_hits >= N_FINDS * 0.95);
}

static void
open_database (Bench       *bench,
               const char  *path,
               CptOpenMode  mode)
{
  g_autoptr(GError) error = NULL;
  CptDatabaseConfig config = { .device = "bench" };

  bench->database = cpt_database_open (path, mode, &config, &error);
  g_assert_no_error (error);
  bench->schema = cpt_database_get_schema (bench->database);
}

/* In the other process: what the first one wrote beside the workspace */
static int
measure (Bench      *bench,
         const char *path)
{
  g_autofree char *truth = g_strconcat (path, ".truth", NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (truth, &content, &length, NULL));
  bench->n_rows = (guint) (length / sizeof (guint32));
  bench->n_organisations = bench->n_rows / PER_ORGANISATION + 1;
  bench->people = (guint32 *) (gpointer) g_steal_pointer (&content);
  open_database (bench, path, CPT_OPEN_READ);
  bench_scan (bench);
  bench_find (bench);
  cpt_database_close (bench->database);
  g_free (bench->people);

  return EXIT_SUCCESS;
}

static void
prepare (Bench      *bench,
         const char *path)
{
  g_autofree char *truth = g_strconcat (path, ".truth", NULL);

  bench->people = g_new0 (guint32, bench->n_rows);
  bench->n_organisations = bench->n_rows / PER_ORGANISATION + 1;
  open_database (bench, path, CPT_OPEN_CREATE);
  fill (bench);
  cpt_database_close (bench->database);
  g_file_set_contents (truth, (const char *) bench->people, (gssize) (bench->n_rows * sizeof *bench->people), NULL);
  g_free (bench->people);
}

static void
remove_all (const char *folder)
{
  static const char *const names[] = { "d.comptoir", "d.comptoir-wal", "d.comptoir-shm", "d.comptoir.truth" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static guint
get_number (const char *name,
            guint       fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : fallback;
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { .n_rows = get_number ("CPT_BENCH_ROWS", DEFAULT_ROWS), .seed = get_number ("CPT_BENCH_SEED", 1) };
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  int status = 0;

  setlocale (LC_ALL, "");
  if (argc == 3 && strcmp (argv[1], "--measure") == 0)
    return measure (&bench, argv[2]);

  folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  path = g_build_filename (folder, "d.comptoir", NULL);
  prepare (&bench, path);
  {
    char *child[] = { argv[0], (char *) "--measure", path, NULL };

    g_spawn_sync (NULL, child, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
    g_assert_no_error (error);
  }
  if (g_getenv ("CPT_BENCH_KEEP") == NULL)
    remove_all (folder);
  else
    g_print ("# kept: %s\n", path);

  return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
