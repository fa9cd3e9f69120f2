"""Quantiles, without a library: inside Odoo and outside."""


def quantile(ordered, share):
    """Between two neighbours in proportion, as PostgreSQL's percentile_cont.

    >>> quantile([1.0, 2.0, 3.0], 0.5), quantile([1.0, 2.0], 0.95), quantile([7], 0.5)
    (2.0, 1.95, 7)
    """
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
