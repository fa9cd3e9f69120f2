The analysis shows the contact events that led to a quotation or an order, and their value.
