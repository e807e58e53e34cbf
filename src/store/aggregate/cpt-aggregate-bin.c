/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bins of numbers: groups of equal width. Which width is a good one, and where
 * bins begin and end, depends on the records that are asked about: a question is
 * settled before it is answered. What lies far from all others stands in a bin
 * of its own without an end, so that one value of 1e18 does not put all others
 * into one bin. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-money.h"

/* About as many as a bar chart shows well */
#define N_WANTED 14
/* As many as a width that a person chose may make */
#define MAX_BINS 200
/* Beyond it sums of a bound and a width would not fit */
#define FAR G_GINT64_CONSTANT (1000000000000000000)
/* Powers of two without values that make what is beyond them far away: a thousand times as much */
#define GAP 10
/* Powers of two, and those of negative numbers, and 0 */
#define N_MAGNITUDES 129
#define ZERO 64

gboolean
cpt_field_has_bins (const CptField *field)
{
  return field->kind == CPT_FIELD_INTEGER || field->kind == CPT_FIELD_DECIMAL || field->kind == CPT_FIELD_MONEY ||
         field->kind == CPT_FIELD_PERCENT || field->kind == CPT_FIELD_DURATION;
}

/* ------------------------------------------------------------------------ JSON */

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE,
                       _("“bin” is “auto”, a width above 0, or an object with “width” and, when wanted, “from” and “to”, "
                         "for numbers and amounts"));

  return FALSE;
}

static gboolean
get_number (JsonNode *node,
            double   *number)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;

  *number = json_node_get_double (node);

  return isfinite (*number) && fabs (*number) < 1e18;
}

static gboolean
parse_object (CptBinSpec  *self,
              JsonObject  *object,
              GError     **error)
{
  static const char *const known[] = { "width", "from", "to", NULL };

  if (!cpt_aggregate_check_members (object, known, error))
    return FALSE;

  self->has_from = json_object_has_member (object, "from");
  self->has_to = json_object_has_member (object, "to");

  return (get_number (json_object_get_member (object, "width"), &self->width) &&
          (!self->has_from || get_number (json_object_get_member (object, "from"), &self->from)) &&
          (!self->has_to || get_number (json_object_get_member (object, "to"), &self->to)) &&
          (!self->has_from || !self->has_to || self->from < self->to)) ||
         refuse (error);
}

gboolean
cpt_bin_spec_parse (CptBinSpec      *self,
                    const CptField  *field,
                    JsonNode        *node,
                    GError         **error)
{
  if (node == NULL)
    return TRUE;
  if (!cpt_field_has_bins (field))
    return refuse (error);

  if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), "auto") == 0)
    {
      self->form = CPT_BIN_AUTO;
      return TRUE;
    }

  self->form = CPT_BIN_WIDTH;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      if (!parse_object (self, json_node_get_object (node), error))
        return FALSE;
    }
  else if (!get_number (node, &self->width))
    return refuse (error);

  return self->width > 0 || refuse (error);
}

JsonNode *
cpt_bin_spec_to_json (const CptBinSpec *self)
{
  g_autoptr(JsonObject) object = NULL;

  if (self->form == CPT_BIN_AUTO || self->form == CPT_BIN_MAGNITUDE)
    return json_node_init_string (json_node_alloc (), self->form == CPT_BIN_AUTO ? "auto" : "magnitude");
  if (!self->has_from && !self->has_to)
    return json_node_init_double (json_node_alloc (), self->width);

  object = json_object_new ();
  json_object_set_double_member (object, "width", self->width);
  if (self->has_from)
    json_object_set_double_member (object, "from", self->from);
  if (self->has_to)
    json_object_set_double_member (object, "to", self->to);

  return json_node_init_object (json_node_alloc (), object);
}

/* ------------------------------------------------------------------------ keys */

static gint64
get_magnitude (gint64 value)
{
  guint64 size = value < 0 ? (guint64) - (value + 1) + 1 : (guint64) value;
  gint64 bits = size == 0 ? 0 : 64 - __builtin_clzll (size);

  return value < 0 ? -bits : bits;
}

gint64
cpt_bin_get_start (gint64 width,
                   gint64 low,
                   gint64 high,
                   gint64 value)
{
  if (width <= 0)
    return get_magnitude (value);
  if (value < low)
    return low - width;

  return value >= high ? high : low + (value - low) / width * width;
}

static gint64
get_integer (const CptValue *value)
{
  return value->type == CPT_VALUE_MONEY ? value->money.amount : value->integer;
}

void
cpt_bin_spec_set_start (const CptBinSpec *self,
                        const CptValue   *value,
                        CptValue         *key)
{
  gint64 start = cpt_bin_get_start (self->step, self->low, self->high, get_integer (value));

  cpt_bin_set_value (value, start, key);
}

void
cpt_bin_set_value (const CptValue *like,
                   gint64          start,
                   CptValue       *key)
{
  char currency[4] = "";

  if (like->type == CPT_VALUE_MONEY)
    {
      g_strlcpy (currency, like->money.currency, sizeof currency);
      cpt_value_set_money (key, start, currency);
    }
  else
    cpt_value_set_integer (key, start);
}

/* -------------------------------------------------------------------- settling */

/* What numbers of a field are multiplied by to be stored */
static double
get_scale (const CptField *field,
           const char     *currency)
{
  switch ((int) field->kind)
    {
    case CPT_FIELD_DECIMAL:
      return pow (10, field->scale);
    case CPT_FIELD_PERCENT:
      return 100;
    case CPT_FIELD_MONEY:
      return pow (10, MAX (cpt_currency_get_exponent (currency), 0));
    default:
      return 1;
    }
}

/* How many records have a value of each magnitude, and what these values lie between */
typedef struct
{
  gint64 counts[N_MAGNITUDES];
  gint64 least[N_MAGNITUDES];
  gint64 most[N_MAGNITUDES];
} Spread;

/* The same question, by magnitude */
static CptAggregateSpec *
create_spread_spec (CptAggregateSpec  *self,
                    guint              dimension,
                    GError           **error)
{
  g_autoptr(JsonNode) node = cpt_aggregate_spec_to_json (self);
  JsonObject *object = json_node_get_object (node);
  g_autofree char *path = cpt_path_format (&self->dimensions[dimension].path);
  JsonArray *measures = json_array_new ();
  JsonArray *dimensions = json_array_new ();
  JsonObject *by = json_object_new ();
  CptAggregateSpec *spec;

  for (guint i = 0; i < 2; i++)
    {
      JsonObject *measure = json_object_new ();

      json_object_set_string_member (measure, "agg", i == 0 ? "min" : "max");
      json_object_set_string_member (measure, "field", path);
      json_array_add_object_element (measures, measure);
    }
  json_object_set_string_member (by, "field", path);
  json_array_add_object_element (dimensions, by);
  json_object_set_array_member (object, "measures", measures);
  json_object_set_array_member (object, "dimensions", dimensions);
  json_object_remove_member (object, "having");
  json_object_remove_member (object, "order");
  json_object_remove_member (object, "limit");

  spec = cpt_aggregate_spec_from_json (self->schema, node, error);
  if (spec != NULL)
    spec->dimensions[0].bin.form = CPT_BIN_MAGNITUDE;

  return spec;
}

static void
add_to_spread (Spread         *spread,
               const CptGroup *group,
               guint           n_parts)
{
  gint64 magnitude = cpt_value_is_null (&group->keys[0]) ? G_MAXINT64 : get_integer (&group->keys[0]);

  if (magnitude < -ZERO || magnitude > ZERO)
    return;

  for (guint part = 0; part < n_parts; part++)
    {
      const CptCell *cells = &group->cells[2 * part];
      guint place = (guint) (magnitude + ZERO);

      if (cells[0].count == 0)
        continue;
      spread->least[place] = spread->counts[place] > 0 ? MIN (spread->least[place], cells[0].sum) : cells[0].sum;
      spread->most[place] = spread->counts[place] > 0 ? MAX (spread->most[place], cells[1].sum) : cells[1].sum;
      spread->counts[place] += cells[0].count;
    }
}

static gboolean
read_spread (CptDatabase       *database,
             CptAggregateSpec  *self,
             guint              dimension,
             Spread            *spread,
             GError           **error)
{
  g_autoptr(CptAggregateSpec) spec = create_spread_spec (self, dimension, error);
  g_auto(CptCached) cached = { 0 };
  GHashTableIter iter;
  gpointer group;

  if (spec == NULL || !cpt_aggregate_cache_get (database, spec, &cached, error))
    return FALSE;

  g_hash_table_iter_init (&iter, cached.groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    add_to_spread (spread, group, spec->has_compare ? 2 : 1);

  return TRUE;
}

/* The outermost place, seen from @step = 1 or -1, without what is far from all
 * others: one in a hundred, or one in ten behind a gap */
static guint
find_end (const Spread *spread,
          gint64        total,
          int           step)
{
  int place = step > 0 ? 0 : N_MAGNITUDES - 1;
  gint64 passed = 0;

  for (;;)
    {
      int next;

      while (spread->counts[place] == 0)
        place += step;
      for (next = place + step; next >= 0 && next < N_MAGNITUDES && spread->counts[next] == 0;)
        next += step;
      if (next < 0 || next >= N_MAGNITUDES)
        return (guint) place;

      passed += spread->counts[place];
      if (passed > total / 100 && !(total >= 5 && passed <= MAX (total / 10, 1) && ABS (next - place) >= GAP))
        return (guint) place;
      place = next;
    }
}

/* 1, 2 or 5 with zeros; of durations what clocks and calendars have */
static double
choose_width (const CptField *field,
              double          range)
{
  static const double times[] = { 1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400 };
  double wanted = MAX (range / N_WANTED, 1);
  double unit;

  if (field->kind == CPT_FIELD_DURATION)
    {
      for (guint i = 0; i < G_N_ELEMENTS (times); i++)
        if (times[i] >= wanted)
          return times[i];
      return 86400 * choose_width (&(CptField){ .kind = CPT_FIELD_INTEGER }, range / 86400);
    }

  unit = pow (10, floor (log10 (wanted)));

  return unit * (wanted <= unit ? 1 : wanted <= 2 * unit ? 2
                                    : wanted <= 5 * unit ? 5
                                                         : 10);
}

static gint64
round_down (gint64 value,
            gint64 step)
{
  gint64 rest = value % step;

  return value - (rest < 0 ? rest + step : rest);
}

static gboolean
refuse_width (const CptField  *field,
              double           scale,
              double           range,
              GError         **error)
{
  double enough = choose_width (field, range / MAX_BINS * N_WANTED);
  g_autofree char *text = cpt_decimal_format_local ((gint64) llround (MIN (enough / scale, 1e14) * 10000), 4, 0);

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("That would be too many steps: make them at least %s wide"), text);

  return FALSE;
}

static gboolean
settle_bin (CptDatabase       *database,
            CptAggregateSpec  *self,
            guint              dimension,
            GError           **error)
{
  CptBinSpec *bin = &self->dimensions[dimension].bin;
  const CptField *field = cpt_path_get_field (&self->dimensions[dimension].path);
  double scale = get_scale (field, cpt_database_get_currency (database));
  g_autofree Spread *spread = g_new0 (Spread, 1);
  gint64 total = 0, low = 0, high = 0;
  double range, width;

  if (!read_spread (database, self, dimension, spread, error))
    return FALSE;

  for (guint i = 0; i < N_MAGNITUDES; i++)
    total += spread->counts[i];
  if (total > 0)
    {
      low = spread->least[find_end (spread, total, 1)];
      high = spread->most[find_end (spread, total, -1)];
    }
  if (bin->has_from)
    low = (gint64) llround (CLAMP (bin->from * scale, -FAR, FAR));
  if (bin->has_to)
    high = (gint64) llround (CLAMP (bin->to * scale, -FAR, FAR)) - 1;
  low = CLAMP (low, -FAR, FAR);
  high = MAX (CLAMP (high, -FAR, FAR), low);
  range = (double) high - (double) low;
  width = bin->form == CPT_BIN_AUTO ? choose_width (field, range) : CLAMP (round (bin->width * scale), 1, FAR);
  if (range / width > MAX_BINS)
    return refuse_width (field, scale, range, error);

  bin->form = CPT_BIN_WIDTH;
  bin->step = (gint64) width;
  bin->low = bin->has_from ? low : round_down (low, bin->step);
  bin->high = bin->low + ((high - bin->low) / bin->step + 1) * bin->step;
  bin->width = (double) bin->step / scale;
  bin->from = (double) bin->low / scale;
  bin->to = (double) bin->high / scale;
  bin->has_from = bin->has_to = TRUE;

  return TRUE;
}

static gboolean
has_bins (CptAggregateSpec *self)
{
  for (guint i = 0; i < self->n_dimensions; i++)
    if (self->dimensions[i].bin.form != CPT_BIN_NONE)
      return TRUE;

  return self->inner != NULL && has_bins (self->inner);
}

/* Both have the same bins: it is the inner question that reads records */
static gboolean
settle_inner (CptDatabase       *database,
              CptAggregateSpec  *self,
              GError           **error)
{
  CptAggregateSpec *inner = cpt_aggregate_settle (database, self->inner, error);

  if (inner == NULL)
    return FALSE;

  cpt_aggregate_spec_unref (self->inner);
  self->inner = inner;
  for (guint i = 0; i < self->n_dimensions; i++)
    self->dimensions[i].bin = inner->dimensions[i].bin;

  return TRUE;
}

CptAggregateSpec *
cpt_aggregate_settle (CptDatabase       *database,
                      CptAggregateSpec  *self,
                      GError           **error)
{
  g_autoptr(CptAggregateSpec) settled = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (!has_bins (self))
    return cpt_aggregate_spec_ref (self);

  node = cpt_aggregate_spec_to_json (self);
  settled = cpt_aggregate_spec_from_inner_json (self->schema, node, 1, error);
  if (settled != NULL && settled->inner != NULL)
    return settle_inner (database, settled, error) ? g_steal_pointer (&settled) : NULL;
  for (guint i = 0; settled != NULL && i < settled->n_dimensions; i++)
    if (settled->dimensions[i].bin.form != CPT_BIN_NONE && !settle_bin (database, settled, i, error))
      return NULL;

  return g_steal_pointer (&settled);
}

/* --------------------------------------------------------------------- for people */

static char *
format_bound (const CptField *field,
              const CptValue *like,
              gint64          bound)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_bin_set_value (like, bound, &value);

  return value.type == CPT_VALUE_MONEY ? cpt_money_format_whole (&value.money) : cpt_field_format_local (field, &value, NULL);
}

/* "1,000 – 1,999", "€1,000 – €2,000", "less than 0" */
char *
cpt_bin_spec_format (const CptBinSpec *self,
                     const CptField   *field,
                     const CptValue   *key)
{
  gint64 start = get_integer (key);
  gint64 end = start + self->step - (field->kind == CPT_FIELD_INTEGER ? 1 : 0);
  g_autofree char *from = format_bound (field, key, start);
  g_autofree char *to = format_bound (field, key, end);
  g_autofree char *low = format_bound (field, key, self->low);

  if (start < self->low)
    /* Translators: the numbers below the first bin: "Less than €0" */
    return g_strdup_printf (C_("bin", "Less than %s"), low);
  if (start >= self->high)
    /* Translators: the numbers behind the last bin: "€20,000 and more" */
    return g_strdup_printf (C_("bin", "%s and more"), from);
  if (end == start)
    return g_steal_pointer (&from);

  /* Translators: a range of numbers: "€1,000 – €2,000" */
  return g_strdup_printf (C_("bin", "%s – %s"), from, to);
}

CptFilter *
cpt_bin_create_condition (CptAggregateSpec *spec,
                          guint             dimension,
                          const CptValue   *key)
{
  const CptDimensionSpec *own = &spec->dimensions[dimension];
  gint64 start = get_integer (key);
  g_auto(CptValue) last = CPT_VALUE_INIT;

  if (start >= own->bin.high)
    return cpt_filter_new_for_value (spec->schema, spec->entity, &own->path, CPT_OPERATOR_GREATER_OR_EQUAL, key);
  if (start < own->bin.low)
    {
      cpt_bin_set_value (key, own->bin.low, &last);
      return cpt_filter_new_for_value (spec->schema, spec->entity, &own->path, CPT_OPERATOR_LESS, &last);
    }
  cpt_bin_set_value (key, start + own->bin.step - 1, &last);

  return cpt_filter_new_for_range (spec->schema, spec->entity, &own->path, key, &last);
}
