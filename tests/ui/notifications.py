#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What shows notifications on the bus of the tests, for those that look at
something else: a reminder may be due at the hour in which they run. Started by
the bus with the first of them, ends with it."""
from gi.repository import Gio, GLib

INTERFACE = '''<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
</interface></node>'''
ANSWERS = {
    'Notify': GLib.Variant('(u)', (1,)),
    'GetCapabilities': GLib.Variant('(as)', (['actions', 'body'],)),
}


def called(connection, sender, path, interface, method, parameters, invocation):
    invocation.return_value(ANSWERS.get(method))


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object('/org/freedesktop/Notifications', Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called, None, None)
    Gio.bus_own_name_on_connection(bus, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()


main()
