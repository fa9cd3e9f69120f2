"""The clients that integrators use, each behind the same `call`."""

import json
import urllib.request
import xmlrpc.client
from urllib.parse import urlsplit

import odooly
import odoorpc

TIMEOUT = 120


class Client:
    """One way to call a served database as one user."""

    def __init__(self, url, db, person):
        self.url, self.db = url, db
        self.login, self.password = person["login"], person["password"]
        self.key, self.uid = person["key"], person["uid"]
        self.connect()

    def connect(self):
        """Log in, where the client does so before its first call."""

    def call(self, model, method, ids=None, /, **arguments):
        """Call a method of records, or of the model when `ids` is None."""
        raise NotImplementedError

    def make(self, model, **values):
        """Create one record; return its id in a list."""
        return self.call(model, "create", vals_list=[values])

    def read(self, model, ids, field):
        """The value of one field of one record."""
        return self.call(model, "web_read", ids, specification={field: {}})[0][field]


def positional(method, ids, arguments):
    """What goes by place: the ids, and what is created, which Odoo wants there."""
    args = [] if ids is None else [ids]
    if method == "create":
        return [*args, arguments["vals_list"]], {}
    return args, arguments


class XmlRpc(Client):
    """Python's own client of XML-RPC."""

    def connect(self):
        address = f"{self.url}/xmlrpc/2/"
        common = xmlrpc.client.ServerProxy(f"{address}common")
        assert common.login(self.db, self.login, self.password) == self.uid
        self.proxy = xmlrpc.client.ServerProxy(f"{address}object")

    def call(self, model, method, ids=None, /, **arguments):
        args, named = positional(method, ids, arguments)
        login = (self.db, self.uid, self.password)
        return self.proxy.execute_kw(*login, model, method, args, named)


class OdooRpc(Client):
    """odoorpc, over JSON-RPC."""

    def connect(self):
        address = urlsplit(self.url)
        self.odoo = odoorpc.ODOO(address.hostname, port=address.port, timeout=TIMEOUT)
        self.odoo.login(self.db, self.login, self.password)

    def call(self, model, method, ids=None, /, **arguments):
        args, named = positional(method, ids, arguments)
        return self.odoo.execute_kw(model, method, args, named)


class OdoolyJson2(Client):
    """odooly with an API key, over JSON-2."""

    def connect(self):
        odoo = odooly.Client(self.url, self.db, self.login, api_key=self.key)
        assert odoo.env._execute_kw._protocol_name == "JSON-2"
        self.env = odoo.env

    def call(self, model, method, ids=None, /, **arguments):
        named = {} if ids is None else {"ids": ids}
        return self.env.execute(model, method, **named, **arguments)


class OdoolyJsonRpc(Client):
    """odooly over JSON-RPC."""

    def connect(self):
        odoo = odooly.Client(f"{self.url}/jsonrpc", self.db, self.login, self.password)
        assert odoo.env._execute_kw._protocol_name == "JSON-RPC"
        self.env = odoo.env

    def call(self, model, method, ids=None, /, **arguments):
        args, named = positional(method, ids, arguments)
        return self.env.execute(model, method, *args, **named)


class Json2(Client):
    """JSON-2 by plain HTTP, as any language does it."""

    def call(self, model, method, ids=None, /, **arguments):
        named = {} if ids is None else {"ids": ids}
        request = urllib.request.Request(
            f"{self.url}/json/2/{model}/{method}",
            data=json.dumps({**named, **arguments}).encode(),
            headers={
                "Authorization": f"bearer {self.key}",
                "Content-Type": "application/json",
                "X-Odoo-Database": self.db,
            },
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return json.load(response)


CLIENTS = {
    "odoorpc (JSON-RPC)": OdooRpc,
    "odooly (JSON-RPC)": OdoolyJsonRpc,
    "odooly (JSON-2)": OdoolyJson2,
    "HTTP (JSON-2)": Json2,
    "xmlrpc.client (XML-RPC)": XmlRpc,
}
