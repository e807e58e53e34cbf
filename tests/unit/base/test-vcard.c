/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cpt-vcard.h"

static CptContentReader *
open_text (const char *text)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);

  return cpt_content_reader_new (stream);
}

static CptVcard *
read_one (const char *text)
{
  g_autoptr(CptContentReader) reader = open_text (text);
  g_autoptr(GError) error = NULL;
  CptVcard *card = cpt_vcard_read (reader, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (card);

  return card;
}

static void
test_reads_version_4 (void)
{
  g_autoptr(CptVcard) card = read_one ("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Anne Martin\r\n"
                                       "N:Martin;Anne;;;\r\nORG:Studio Lyon\\, SARL;Ventes\r\nTITLE:CEO\r\n"
                                       "EMAIL;PREF=2:old@example.org\r\nEMAIL;PREF=1:anne@example.org\r\n"
                                       "TEL;VALUE=uri;TYPE=\"voice,work\":tel:+33-4-12-34-56-78;ext=5\r\n"
                                       "TEL;TYPE=cell:06 12 34 56 78\r\nTEL;TYPE=fax:01\r\n"
                                       "ADR;TYPE=work:;Bât. B;12 rue des Lilas;Lyon;;69001;France\r\n"
                                       "BDAY:19640521\r\nNOTE:une ligne\\nune autre\\; fin\r\n"
                                       "CATEGORIES:vip,presse\r\nX-THING:no\r\nEND:VCARD\r\n");

  g_assert_cmpstr (card->fields[CPT_VCARD_FULL_NAME], ==, "Anne Martin");
  g_assert_cmpstr (card->fields[CPT_VCARD_FIRST_NAME], ==, "Anne");
  g_assert_cmpstr (card->fields[CPT_VCARD_ORGANISATION], ==, "Studio Lyon, SARL");
  g_assert_cmpstr (card->fields[CPT_VCARD_EMAIL], ==, "anne@example.org");
  g_assert_cmpstr (card->fields[CPT_VCARD_PHONE], ==, "+33-4-12-34-56-78");
  g_assert_cmpstr (card->fields[CPT_VCARD_MOBILE], ==, "06 12 34 56 78");
  g_assert_cmpstr (card->fields[CPT_VCARD_COMPLEMENT], ==, "Bât. B");
  g_assert_cmpstr (card->fields[CPT_VCARD_POSTCODE], ==, "69001");
  g_assert_cmpstr (card->fields[CPT_VCARD_BIRTHDAY], ==, "1964-05-21");
  g_assert_cmpstr (card->fields[CPT_VCARD_NOTE], ==, "une ligne\nune autre; fin");
  g_assert_cmpstr (card->fields[CPT_VCARD_TAGS], ==, "vip;presse");
  g_assert_false (card->has_photo || card->is_cut);
}

static void
test_unfolds_and_decodes (void)
{
  g_autoptr(CptVcard) folded = read_one ("\357\273\277BEGIN:VCARD\nitem1.FN:An\n ne Mar\n\ttin\nEND:VCARD");
  g_autoptr(CptVcard) quoted = read_one ("BEGIN:VCARD\rVERSION:2.1\r"
                                         "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB=\rMarch=E9\r"
                                         "TEL;CELL;PREF:0612345678\rEND:VCARD\r");
  g_autoptr(CptVcard) windows = read_one ("BEGIN:VCARD\nFN:Zo\353 March\351\nEND:VCARD\n");

  g_assert_cmpstr (folded->fields[CPT_VCARD_FULL_NAME], ==, "Anne Martin");
  g_assert_cmpstr (quoted->fields[CPT_VCARD_FULL_NAME], ==, "ZoëMarché");
  g_assert_cmpstr (quoted->fields[CPT_VCARD_MOBILE], ==, "0612345678");
  g_assert_cmpstr (windows->fields[CPT_VCARD_FULL_NAME], ==, "Zoë Marché");
}

static void
test_passes_large_photographs_over (void)
{
  g_autoptr(GString) text = g_string_new ("BEGIN:VCARD\r\nPHOTO;ENCODING=b:");
  g_autoptr(CptContentReader) reader = NULL;
  g_autoptr(CptVcard) folded = NULL;
  g_autoptr(CptVcard) whole = NULL;
  g_autoptr(CptVcard) none = NULL;
  g_autofree char *block = g_strnfill (74, 'A');
  g_autofree char *large = g_strnfill (20 * 1024 * 1024, 'B');

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s\r\n ", block);
  g_string_append (text, "\r\nFN:Anne\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Marc\r\nPHOTO:");
  g_string_append (text, large);
  g_string_append (text, "\r\nEMAIL:marc@example.org\r\nEND:VCARD\r\n\r\n");

  reader = open_text (text->str);
  folded = cpt_vcard_read (reader, NULL, NULL);
  whole = cpt_vcard_read (reader, NULL, NULL);
  none = cpt_vcard_read (reader, NULL, NULL);
  g_assert_true (folded->has_photo && whole->has_photo);
  g_assert_cmpstr (folded->fields[CPT_VCARD_FULL_NAME], ==, "Anne");
  g_assert_cmpstr (whole->fields[CPT_VCARD_EMAIL], ==, "marc@example.org");
  g_assert_cmpuint (whole->line, ==, 20005);
  g_assert_null (none);
}

static void
test_writes_what_it_reads (void)
{
  for (int version = 3; version <= 4; version++)
    {
      g_autoptr(CptVcard) card = cpt_vcard_new ();
      g_autoptr(CptVcard) again = NULL;
      g_autoptr(GString) text = g_string_new (NULL);
      g_auto(GStrv) lines = NULL;

      for (guint i = 0; i < CPT_VCARD_N_FIELDS; i++)
        cpt_vcard_take (card, (CptVcardField) i, g_strdup_printf ("é,;\\ %u longlonglonglonglonglonglonglonglonglonglonglonglong œuvre", i));
      cpt_vcard_take (card, CPT_VCARD_BIRTHDAY, g_strdup ("1964-05-21"));
      cpt_vcard_take (card, CPT_VCARD_TAGS, g_strdup ("a,b;c"));
      cpt_vcard_take (card, CPT_VCARD_NOTE, g_strdup ("one\ntwo"));
      cpt_vcard_append (card, text, version);
      again = read_one (text->str);
      for (guint i = 0; i < CPT_VCARD_N_FIELDS; i++)
        g_assert_cmpstr (again->fields[i], ==, card->fields[i]);

      lines = g_strsplit (text->str, "\r\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_assert_cmpuint (strlen (lines[i]), <=, 75);
          g_assert_true (g_utf8_validate (lines[i], -1, NULL));
        }
    }
}

static void
test_survives_broken_cards (void)
{
  static const char *const texts[] = {
    "",
    "nothing here",
    "END:VCARD\n",
    "BEGIN:VCARD\n\n\n=\n;;;:\n:::\n.FN:x\nTEL;\"x:1\nEND:VCARD\n",
    "BEGIN:VCARD\nBEGIN:VCARD\nN:\\\nADR:;;;;\nBDAY:--0521\nEND:VCARD\n",
    "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:==\n=0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(CptContentReader) reader = open_text (texts[i]);
      g_autoptr(GError) error = NULL;
      CptVcard *card;

      while ((card = cpt_vcard_read (reader, NULL, &error)) != NULL)
        cpt_vcard_free (card);
      g_assert_no_error (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vcard/reads-version-4", test_reads_version_4);
  g_test_add_func ("/vcard/unfolds-and-decodes", test_unfolds_and_decodes);
  g_test_add_func ("/vcard/passes-large-photographs-over", test_passes_large_photographs_over);
  g_test_add_func ("/vcard/writes-what-it-reads", test_writes_what_it_reads);
  g_test_add_func ("/vcard/survives-broken-cards", test_survives_broken_cards);

  return g_test_run ();
}
