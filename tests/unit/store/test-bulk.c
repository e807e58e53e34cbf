/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same change for many records: one act that is undone as one, or nothing
 * at all. */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

#include "cpt-bulk.h"
#include "cpt-check.h"
#include "cpt-store.h"

/* Beyond what one transaction takes, and beyond what is undone at once */
#define MANY 1500

static void
assert_sound (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
create_many (Fixture *self,
             guint    n_records)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, "Made");

  for (guint i = 0; i < n_records; i++)
    {
      g_autofree char *name = g_strdup_printf ("Company %u", i);
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", name);

      cpt_transaction_create (transaction, record);
    }
  commit_ok (self, transaction);
}

static GArray *
list_rows (Fixture *self)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), get_entity (self, "organisation"));
  g_autoptr(GError) error = NULL;
  GArray *rows;

  g_assert_true (cpt_query_set_sort (query, "", &error));
  rows = cpt_query_get_rows (query, self->database, 0, 0, &error);
  g_assert_no_error (error);

  return rows;
}

static guint64
count_matching (Fixture    *self,
                const char *filter)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, get_entity (self, "organisation"));
  g_autoptr(GError) error = NULL;
  guint64 count = 0;

  if (filter != NULL)
    {
      g_autoptr(CptFilter) parsed = cpt_filter_parse (schema, query->entity, filter, &error);

      g_assert_no_error (error);
      cpt_query_set_filter (query, parsed);
    }
  g_assert_true (cpt_query_count (query, self->database, &count, &error));

  return count;
}

#define HAS_PHONE "{\"field\":\"phone\",\"op\":\"is-not-empty\"}"
#define HAS_TAG "{\"field\":\"tags\",\"op\":\"contains\",\"value\":\"VIP\"}"

/* Of all organisations */
static CptBulk *
new_bulk (Fixture *self)
{
  const CptEntity *entity = get_entity (self, "organisation");
  CptBulk *bulk = cpt_bulk_new (cpt_database_get_schema (self->database), entity, CPT_ORIGIN_FORM);
  g_autoptr(GArray) rows = list_rows (self);

  cpt_bulk_set_rows (bulk, (const gint64 *) (gpointer) rows->data, rows->len);

  return bulk;
}

static void
add_text (Fixture    *self,
          CptBulk    *bulk,
          const char *field,
          const char *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_bulk_add_change (bulk, CPT_BULK_SET, get_field (self, "organisation", field), &value);
}

static void
add_tags (Fixture     *self,
          CptBulk     *bulk,
          CptBulkKind  kind,
          const char  *tags)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_take_texts (&value, g_strsplit (tags, ",", -1));
  cpt_bulk_add_change (bulk, kind, get_field (self, "organisation", "tags"), &value);
}

static CptBulkReport *
run_ok (Fixture  *self,
        CptBulk  *bulk,
        gboolean  is_lenient)
{
  g_autoptr(GError) error = NULL;
  CptBulkReport *report = NULL;

  cpt_bulk_set_lenient (bulk, is_lenient);
  cpt_bulk_run (bulk, self->database, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);

  return report;
}

static gint64
undo_ok (Fixture *self,
         gint64   sequence)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  cpt_log_undo (self->database, sequence, &commit, &error);
  g_assert_no_error (error);

  return commit.sequence;
}

/* @data: how many records */
static void
test_changes_all_as_one_act (Fixture       *self,
                             gconstpointer  data)
{
  guint n_records = GPOINTER_TO_UINT (data);
  g_autoptr(CptBulk) bulk = NULL;
  g_autoptr(CptBulk) again = NULL;
  g_autoptr(CptBulkReport) report = NULL;
  g_autoptr(CptBulkReport) second = NULL;
  g_autoptr(CptLogEntry) entry = NULL;
  gint64 undone;

  create_many (self, n_records);
  bulk = new_bulk (self);
  add_text (self, bulk, "phone", "+33123456789");
  add_tags (self, bulk, CPT_BULK_ADD, "VIP,Lyon");
  report = run_ok (self, bulk, FALSE);
  g_assert_cmpuint (report->counts.n_records, ==, n_records);
  g_assert_cmpuint (report->counts.n_changed, ==, n_records);
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, n_records);
  g_assert_cmpuint (count_matching (self, HAS_TAG), ==, n_records);
  assert_sound (self);

  entry = cpt_log_peek_undo (self->database, NULL);
  g_assert_cmpint (entry->sequence, ==, report->sequence);
  g_assert_cmpuint (entry->n_changes, ==, n_records);

  /* What they have already is no change. */
  again = new_bulk (self);
  add_tags (self, again, CPT_BULK_ADD, "VIP");
  second = run_ok (self, again, FALSE);
  g_assert_cmpuint (second->counts.n_same, ==, n_records);
  g_assert_cmpint (second->sequence, ==, 0);

  undone = undo_ok (self, report->sequence);
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, 0);
  g_assert_cmpuint (count_matching (self, HAS_TAG), ==, 0);
  assert_sound (self);

  /* Redone, and undone once more, after the file was closed */
  fixture_reopen (self);
  undone = undo_ok (self, undone);
  g_assert_cmpuint (count_matching (self, HAS_TAG), ==, n_records);
  undo_ok (self, undone);
  g_assert_cmpuint (count_matching (self, HAS_TAG), ==, 0);
  assert_sound (self);
}

static void
test_deletes_and_brings_back (Fixture       *self,
                              gconstpointer  data)
{
  guint n_records = GPOINTER_TO_UINT (data);
  g_autoptr(CptBulk) bulk = NULL;
  g_autoptr(CptBulkReport) report = NULL;
  gint64 undone;

  create_many (self, n_records);
  bulk = new_bulk (self);
  cpt_bulk_add_change (bulk, CPT_BULK_DELETE, NULL, NULL);
  report = run_ok (self, bulk, FALSE);
  g_assert_cmpuint (report->counts.n_changed, ==, n_records);
  g_assert_cmpuint (count_matching (self, NULL), ==, 0);
  assert_sound (self);

  undone = undo_ok (self, report->sequence);
  g_assert_cmpuint (count_matching (self, NULL), ==, n_records);
  assert_sound (self);

  undo_ok (self, undone);
  g_assert_cmpuint (count_matching (self, NULL), ==, 0);
  assert_sound (self);
}

static void
test_takes_members_away (Fixture       *self,
                         gconstpointer  data)
{
  g_autoptr(CptBulk) first = NULL;
  g_autoptr(CptBulk) second = NULL;
  g_autoptr(CptBulkReport) made = NULL;
  g_autoptr(CptBulkReport) report = NULL;

  create_many (self, 5);
  first = new_bulk (self);
  add_tags (self, first, CPT_BULK_ADD, "VIP,Lyon");
  made = run_ok (self, first, FALSE);
  second = new_bulk (self);
  add_tags (self, second, CPT_BULK_REMOVE, "VIP,Nowhere");
  report = run_ok (self, second, FALSE);
  g_assert_cmpuint (report->counts.n_changed, ==, 5);
  g_assert_cmpuint (count_matching (self, HAS_TAG), ==, 0);
  g_assert_cmpuint (count_matching (self, "{\"field\":\"tags\",\"op\":\"contains\",\"value\":\"Lyon\"}"), ==, 5);
}

static void
test_takes_what_a_query_finds (Fixture       *self,
                               gconstpointer  data)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = get_entity (self, "organisation");
  g_autoptr(CptBulk) bulk = cpt_bulk_new (schema, entity, CPT_ORIGIN_FORM);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(CptBulkReport) report = NULL;
  guint64 count = 0;

  create_many (self, 20);
  filter = cpt_filter_parse (schema, entity, "{\"field\":\"name\",\"op\":\"starts-with\",\"value\":\"Company 1\"}", NULL);
  cpt_query_set_filter (query, filter);
  cpt_bulk_set_query (bulk, query);
  add_text (self, bulk, "phone", "+33123456789");
  g_assert_true (cpt_bulk_count (bulk, self->database, &count, NULL));
  g_assert_cmpuint (count, ==, 11);
  report = run_ok (self, bulk, FALSE);
  g_assert_cmpuint (report->counts.n_changed, ==, 11);
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, 11);
}

/* A group under itself is refused; @data: how many others */
static void
test_leaves_out_what_is_refused (Fixture       *self,
                                 gconstpointer  data)
{
  guint n_others = GPOINTER_TO_UINT (data);
  CptUuid group = create_organisation (self, "Group");
  g_autoptr(CptBulk) bulk = NULL;
  g_autoptr(CptBulkReport) report = NULL;
  g_autoptr(CptBulkReport) strict = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  create_many (self, n_others);
  bulk = new_bulk (self);
  cpt_value_set_id (&value, &group);
  cpt_bulk_add_change (bulk, CPT_BULK_SET, get_field (self, "organisation", "parent"), &value);

  g_assert_false (cpt_bulk_run (bulk, self->database, NULL, NULL, NULL, &strict, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Group"));
  g_assert_cmpuint (count_matching (self, "{\"field\":\"parent\",\"op\":\"is-not-empty\"}"), ==, 0);

  report = run_ok (self, bulk, TRUE);
  g_assert_cmpuint (report->counts.n_changed, ==, n_others);
  g_assert_cmpuint (report->counts.n_refused, ==, 1);
  g_assert_cmpuint (report->refusals->len, ==, 1);
  g_assert_cmpstr (((CptBulkRefusal *) g_ptr_array_index (report->refusals, 0))->title, ==, "Group");
  g_assert_cmpstr (((CptBulkRefusal *) g_ptr_array_index (report->refusals, 0))->field, ==, "parent");
  g_assert_cmpuint (count_matching (self, "{\"field\":\"parent\",\"op\":\"is-not-empty\"}"), ==, n_others);
  assert_sound (self);
}

static void
test_refuses_at_once (Fixture       *self,
                      gconstpointer  data)
{
  static const struct
  {
    CptBulkKind kind;
    const char *field;
    const char *text;
  } cases[] = {
    { CPT_BULK_SET, "name", "" },
    { CPT_BULK_SET, "website", "no page" },
    { CPT_BULK_ADD, "phone", "+33123456789" },
  };

  create_many (self, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptBulk) bulk = new_bulk (self);
      g_autoptr(GError) error = NULL;
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_set_text (&value, cases[i].text);
      cpt_bulk_add_change (bulk, cases[i].kind, get_field (self, "organisation", cases[i].field), &value);
      g_assert_false (cpt_bulk_run (bulk, self->database, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
    }
}

static void
cancel_half_way (const CptBulkProgress *progress,
                 gpointer               user_data)
{
  if (progress->n_done >= progress->n_records / 2)
    g_cancellable_cancel (user_data);
}

static void
test_leaves_nothing_when_cancelled (Fixture       *self,
                                    gconstpointer  data)
{
  g_autoptr(CptBulk) bulk = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CptBulkReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = NULL;

  create_many (self, MANY);
  bulk = new_bulk (self);
  add_text (self, bulk, "phone", "+33123456789");
  /* The last call comes before the end whatever the speed. */
  g_assert_false (cpt_bulk_run (bulk, self->database, cancel_half_way, cancellable, cancellable, &report, &error));
  g_assert_cmpuint (report->counts.n_changed, ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, 0);
  entry = cpt_log_peek_undo (self->database, NULL);
  g_assert_cmpstr (entry->label, ==, "Made");
  assert_sound (self);
}

static void
die_half_way (const CptBulkProgress *progress,
              gpointer               user_data)
{
  kill (getpid (), SIGKILL);
}

static void
test_leaves_nothing_when_killed (Fixture       *self,
                                 gconstpointer  data)
{
  int status;
  GPid pid;

  create_many (self, MANY);
  g_clear_pointer (&self->database, cpt_database_close);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      CptBulk *bulk;

      fixture_open (self, CPT_OPEN_WRITE);
      bulk = new_bulk (self);
      add_text (self, bulk, "phone", "+33123456789");
      cpt_bulk_run (bulk, self->database, die_half_way, NULL, NULL, NULL, NULL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));

  fixture_open (self, CPT_OPEN_WRITE);
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, 0);
  assert_sound (self);
}

/* Another connection writes while it runs. */
typedef struct
{
  Fixture *fixture;
  CptDatabase *other;
  CptUuid id;
  const char *text;
  gboolean is_done;
} Beside;

static void
write_beside (const CptBulkProgress *progress,
              gpointer               user_data)
{
  Beside *self = user_data;
  CptDatabase *own = self->fixture->database;

  if (self->is_done)
    return;
  self->is_done = TRUE;
  self->fixture->database = self->other;
  set_text_ok (self->fixture, "organisation", &self->id, "phone", self->text);
  self->fixture->database = own;
}

static void
test_lets_others_write (Fixture       *self,
                        gconstpointer  data)
{
  Beside beside = { .fixture = self, .text = "+33198765432" };
  g_autoptr(CptBulk) bulk = NULL;
  g_autoptr(CptBulkReport) report = NULL;
  g_autoptr(CptDatabase) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = NULL;

  beside.id = create_organisation (self, "First");
  create_many (self, MANY);
  beside.other = other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, &error);
  g_assert_no_error (error);
  bulk = new_bulk (self);
  add_text (self, bulk, "phone", "+33123456789");
  cpt_bulk_run (bulk, self->database, write_beside, &beside, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_true (beside.is_done);
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, MANY + 1);

  /* What was changed since is no longer theirs to take back: nothing is. */
  beside.is_done = FALSE;
  write_beside (NULL, &beside);
  g_assert_false (cpt_log_undo (self->database, report->sequence, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "First"));
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, MANY + 1);
  record = cpt_database_load (self->database, get_entity (self, "organisation"), &beside.id, NULL);
  g_assert_cmpstr (cpt_record_get_text (record, "phone"), ==, "+33198765432");
  assert_sound (self);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  char **label = user_data;

  g_assert_true (cpt_store_undo_finish (CPT_STORE (source), result, label, &error));
  g_assert_no_error (error);
}

static void
test_is_undone_beside_the_writer (Fixture       *self,
                                  gconstpointer  data)
{
  g_autoptr(CptBulk) bulk = NULL;
  g_autoptr(CptBulkReport) report = NULL;
  g_autoptr(CptStore) store = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  create_many (self, MANY);
  bulk = new_bulk (self);
  add_text (self, bulk, "phone", "+33123456789");
  report = run_ok (self, bulk, FALSE);
  store = cpt_store_open (self->path, CPT_OPEN_WRITE, &self->config, &error);
  g_assert_no_error (error);
  cpt_store_undo_async (store, 0, FALSE, NULL, undone_cb, &label);
  while (label == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (label, ==, "Change Phone of 1,500 Organisations");
  g_assert_cmpuint (count_matching (self, HAS_PHONE), ==, 0);
}

#define add(path, func, data) g_test_add (path, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/store/bulk/changes-a-few-as-one-act", test_changes_all_as_one_act, GUINT_TO_POINTER (20));
  add ("/store/bulk/changes-many-as-one-act", test_changes_all_as_one_act, GUINT_TO_POINTER (MANY));
  add ("/store/bulk/deletes-a-few-and-brings-them-back", test_deletes_and_brings_back, GUINT_TO_POINTER (20));
  add ("/store/bulk/deletes-many-and-brings-them-back", test_deletes_and_brings_back, GUINT_TO_POINTER (MANY));
  add ("/store/bulk/takes-members-away", test_takes_members_away, NULL);
  add ("/store/bulk/takes-what-a-query-finds", test_takes_what_a_query_finds, NULL);
  add ("/store/bulk/leaves-out-what-is-refused-of-a-few", test_leaves_out_what_is_refused, GUINT_TO_POINTER (10));
  add ("/store/bulk/leaves-out-what-is-refused-of-many", test_leaves_out_what_is_refused, GUINT_TO_POINTER (300));
  add ("/store/bulk/refuses-at-once-what-is-wrong-for-all", test_refuses_at_once, NULL);
  add ("/store/bulk/leaves-nothing-when-cancelled", test_leaves_nothing_when_cancelled, NULL);
  add ("/store/bulk/leaves-nothing-when-killed", test_leaves_nothing_when_killed, NULL);
  add ("/store/bulk/lets-others-write", test_lets_others_write, NULL);
  add ("/store/bulk/is-undone-beside-the-writer", test_is_undone_beside_the_writer, NULL);

  return g_test_run ();
}
