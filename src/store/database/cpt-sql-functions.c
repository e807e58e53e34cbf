/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What SQL can call on every connection. All functions are harmless: they read
 * their arguments and, for cpt_local_date(), the zone of the connection. Wrong
 * types give null, never an error, so that one odd value can't stop a list. */

#include "config.h"

#include "cpt-sql-functions-private.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-sql-private.h"
#include "cpt-text.h"
#include "cpt-uuid.h"

static int
text_collation (void       *data,
                int         a_length,
                const void *a,
                int         b_length,
                const void *b)
{
  return cpt_text_collate (a, a_length, b, b_length);
}

static void
fold_function (sqlite3_context  *context,
               int               n_arguments,
               sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);

  if (text != NULL)
    sqlite3_result_text (context, cpt_text_fold (text), -1, g_free);
}

static void
plain_function (sqlite3_context  *context,
                int               n_arguments,
                sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);

  if (text != NULL)
    sqlite3_result_text (context, cpt_sql_dup_plain_text (text), -1, g_free);
}

static void
id_function (sqlite3_context  *context,
             int               n_arguments,
             sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);
  CptUuid id;

  if (text != NULL && cpt_uuid_parse (text, &id))
    sqlite3_result_blob (context, id.bytes, sizeof id.bytes, SQLITE_TRANSIENT);
}

/* A number or text out of an object: what json_extract() gives, which may not
 * be part of an index while the schema is not trusted */
static void
member_function (sqlite3_context  *context,
                 int               n_arguments,
                 sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);
  const char *name = (const char *) sqlite3_value_text (arguments[1]);
  g_autoptr(JsonNode) node = text != NULL && name != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonNode *member = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    member = json_object_get_member (json_node_get_object (node), name);
  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member))
    return;

  if (json_node_get_value_type (member) == G_TYPE_INT64)
    sqlite3_result_int64 (context, json_node_get_int (member));
  else if (json_node_get_value_type (member) == G_TYPE_STRING)
    sqlite3_result_text (context, json_node_get_string (member), -1, SQLITE_TRANSIENT);
}

static void
local_date_function (sqlite3_context  *context,
                     int               n_arguments,
                     sqlite3_value   **arguments)
{
  GTimeZone *const *zone = sqlite3_user_data (context);

  if (sqlite3_value_type (arguments[0]) == SQLITE_INTEGER)
    sqlite3_result_int64 (context, cpt_instant_get_date (sqlite3_value_int64 (arguments[0]), *zone));
}

static gboolean
get_date (sqlite3_value *argument,
          gint64        *date)
{
  if (sqlite3_value_type (argument) != SQLITE_INTEGER)
    return FALSE;

  *date = sqlite3_value_int64 (argument);

  return *date >= CPT_DATE_MIN && *date <= CPT_DATE_MAX;
}

static void
bucket_function (sqlite3_context  *context,
                 int               n_arguments,
                 sqlite3_value   **arguments)
{
  int bucket = sqlite3_value_int (arguments[1]);
  gint64 date;

  if (get_date (arguments[0], &date) && bucket >= CPT_BUCKET_NONE && bucket <= CPT_BUCKET_YEAR)
    sqlite3_result_int64 (context, cpt_bucket_get_start ((CptBucket) bucket, date));
}

static void
bin_function (sqlite3_context  *context,
              int               n_arguments,
              sqlite3_value   **arguments)
{
  if (sqlite3_value_type (arguments[0]) == SQLITE_INTEGER)
    sqlite3_result_int64 (context, cpt_bin_get_start (sqlite3_value_int64 (arguments[1]), sqlite3_value_int64 (arguments[2]),
                                                      sqlite3_value_int64 (arguments[3]), sqlite3_value_int64 (arguments[0])));
}

static void
add_months_function (sqlite3_context  *context,
                     int               n_arguments,
                     sqlite3_value   **arguments)
{
  gint64 date;

  if (get_date (arguments[0], &date))
    sqlite3_result_int64 (context, cpt_date_add_months (date, sqlite3_value_int (arguments[1])));
}

gint64
cpt_sql_get_part (gint64 value,
                  gint64 percent)
{
  gint64 whole = value / 10000, rest = value % 10000, part;

  /* Percentages that people write are far below what overflows here */
  percent = CLAMP (percent, -100000000, 100000000);
  part = rest * percent;
  part = (part + (part < 0 ? -5000 : 5000)) / 10000;
  if (__builtin_mul_overflow (whole, percent, &whole) || __builtin_add_overflow (whole, part, &whole))
    return (value < 0) != (percent < 0) ? G_MININT64 : G_MAXINT64;

  return whole;
}

static void
part_function (sqlite3_context  *context,
               int               n_arguments,
               sqlite3_value   **arguments)
{
  if (sqlite3_value_type (arguments[0]) == SQLITE_INTEGER && sqlite3_value_type (arguments[1]) == SQLITE_INTEGER)
    sqlite3_result_int64 (context, cpt_sql_get_part (sqlite3_value_int64 (arguments[0]), sqlite3_value_int64 (arguments[1])));
}

/* The exact sum. SQLite's own stops with an error where 64 bits overflow. */

static void
sum_step (sqlite3_context  *context,
          int               n_arguments,
          sqlite3_value   **arguments)
{
  CptSum *sum = sqlite3_aggregate_context (context, sizeof *sum);

  if (sum == NULL)
    sqlite3_result_error_nomem (context);
  else if (sqlite3_value_type (arguments[0]) == SQLITE_INTEGER)
    cpt_sum_add (sum, sqlite3_value_int64 (arguments[0]));
}

static void
sum_final (sqlite3_context *context)
{
  CptSum *sum = sqlite3_aggregate_context (context, 0);
  gint64 exact;

  if (sum == NULL || sum->count == 0)
    return;

  if (cpt_sum_get_exact (sum, &exact))
    sqlite3_result_int64 (context, exact);
  else
    sqlite3_result_double (context, cpt_sum_get_real (sum));
}

/* The median keeps all values of its group: 8 bytes each */

static void
median_step (sqlite3_context  *context,
             int               n_arguments,
             sqlite3_value   **arguments)
{
  GArray **values = sqlite3_aggregate_context (context, sizeof *values);
  gint64 value;

  if (values == NULL)
    {
      sqlite3_result_error_nomem (context);
      return;
    }

  if (*values == NULL)
    *values = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (sqlite3_value_type (arguments[0]) != SQLITE_INTEGER)
    return;

  value = sqlite3_value_int64 (arguments[0]);
  g_array_append_val (*values, value);
}

static void
median_final (sqlite3_context *context)
{
  GArray **values = sqlite3_aggregate_context (context, 0);

  if (values == NULL || *values == NULL)
    return;

  if ((*values)->len > 0)
    sqlite3_result_double (context, cpt_sql_get_median ((gint64 *) (gpointer) (*values)->data, (*values)->len));

  g_clear_pointer (values, g_array_unref);
}

int
cpt_sql_functions_register (sqlite3          *handle,
                            GTimeZone *const *zone)
{
  static const struct
  {
    const char *name;
    int n_arguments;
    int flags;
    void (*call) (sqlite3_context *, int, sqlite3_value **);
    void (*step) (sqlite3_context *, int, sqlite3_value **);
    void (*final) (sqlite3_context *);
  } functions[] = {
    { "cpt_fold", 1, SQLITE_DETERMINISTIC, fold_function, NULL, NULL },
    { "cpt_plain", 1, SQLITE_DETERMINISTIC, plain_function, NULL, NULL },
    { "cpt_id", 1, SQLITE_DETERMINISTIC, id_function, NULL, NULL },
    { "cpt_member", 2, SQLITE_DETERMINISTIC, member_function, NULL, NULL },
    { "cpt_local_date", 1, 0, local_date_function, NULL, NULL },
    { "cpt_bucket", 2, SQLITE_DETERMINISTIC, bucket_function, NULL, NULL },
    { "cpt_bin", 4, SQLITE_DETERMINISTIC, bin_function, NULL, NULL },
    { "cpt_add_months", 2, SQLITE_DETERMINISTIC, add_months_function, NULL, NULL },
    { "cpt_part", 2, SQLITE_DETERMINISTIC, part_function, NULL, NULL },
    { "cpt_sum", 1, 0, NULL, sum_step, sum_final },
    { "cpt_median", 1, 0, NULL, median_step, median_final },
  };
  int result;

  result = sqlite3_create_collation_v2 (handle, "CPT_TEXT", SQLITE_UTF8, NULL, text_collation, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (functions) && result == SQLITE_OK; i++)
    result = sqlite3_create_function_v2 (handle, functions[i].name, functions[i].n_arguments,
                                         SQLITE_UTF8 | SQLITE_INNOCUOUS | functions[i].flags,
                                         (gpointer) zone, functions[i].call,
                                         functions[i].step, functions[i].final, NULL);

  return result;
}
