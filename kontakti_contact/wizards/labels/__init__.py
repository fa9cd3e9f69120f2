from . import kontakti_label_print, kontakti_label_print_files
