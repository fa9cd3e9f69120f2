# Address labels: the sheet, and the models that labels are printed for.
from . import kontakti_label_format, kontakti_label_source_mixin
from . import res_partner
