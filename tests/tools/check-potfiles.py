#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in names every file with something to translate, and fr.po
translates all of it.

usage: check-potfiles.py [--write]

--write brings POTFILES.in up to date, and the entries of fr.po as far as they
can be without a translator.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

from sources import ROOT, tracked

PO = ROOT / 'po'
MARKED = {
    '.c': re.compile(r'\b(_|N_|C_|NC_|Q_|ngettext|dngettext|g_dngettext|g_dpgettext2)\s*\(\s*[\w"]'),
    '.h': re.compile(r'\b(_|N_|C_|NC_)\s*\("'),
    '.ui': re.compile(r'translatable="(yes|true)"'),
    '.in': re.compile(r'^(Name|Comment|Keywords)=|<(p|summary|caption|name)\b', re.M),
}
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'Q_', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']


def with_messages():
    names = tracked('src/*.[ch]', 'resources/*.ui', 'data/*.desktop.in', 'data/*.metainfo.xml.in')
    return [str(name) for name in names if (pattern := MARKED.get(name.suffix)) is not None
            and pattern.search((ROOT / name).read_text(encoding='utf-8'))]


def listed():
    lines = (PO / 'POTFILES.in').read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def make_template(path):
    command = ['xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--package-name=comptoir',
               f'--output={path}', '--files-from=po/POTFILES.in', '--sort-by-file', '--add-location=file']
    command += [f'--keyword={keyword}' for keyword in KEYWORDS]
    subprocess.run(command, cwd=ROOT, check=True)


def check_language(template, language):
    """What is missing, as lines; [] if nothing is."""
    merged = template.with_suffix('.po')
    source = PO / f'{language}.po'
    subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--output', merged, source, template], check=True)
    checked = subprocess.run(['msgfmt', '--check', '--output=/dev/null', source], capture_output=True, text=True,
                             check=False)
    complaints = checked.stderr.splitlines() if checked.returncode else []
    for option, what in (('--untranslated', 'not translated'), ('--only-fuzzy', 'fuzzy')):
        found = subprocess.run(['msgattrib', option, '--no-obsolete', '--no-wrap', merged], capture_output=True,
                               text=True, check=True).stdout
        for message in re.findall(r'^msgid "(.+)"$|^msgid ""\n"(.+)"$', found, re.M):
            complaints.append(f'{language}.po: {what}: {message[0] or message[1]}')
    return complaints


def write(template):
    (PO / 'POTFILES.in').write_text('\n'.join(with_messages()) + '\n', encoding='utf-8')
    make_template(template)
    for language in (PO / 'LINGUAS').read_text(encoding='utf-8').split():
        subprocess.run(['msgmerge', '--quiet', '--update', '--backup=none', '--no-fuzzy-matching', '--sort-by-file',
                        PO / f'{language}.po', template], check=True)


def main(arguments):
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / 'comptoir.pot'
        if '--write' in arguments:
            write(template)
        wanted, there = with_messages(), listed()
        complaints = [f'po/POTFILES.in: {name} is missing' for name in wanted if name not in there]
        complaints += [f'po/POTFILES.in: {name} is not needed' for name in there if name not in wanted]
        if not complaints:
            make_template(template)
            for language in (PO / 'LINGUAS').read_text(encoding='utf-8').split():
                complaints += check_language(template, language)
    print('\n'.join(complaints), end='\n' if complaints else '')
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
