"""Official papers: Word drafts from model documents, PDF slips, QR codes. No business words.

``vietnamese`` writes numbers, days and money as official papers do; ``facts`` turns a dataclass into what a model
document is filled with; ``docx`` fills it, ``checking`` judges a model document that somebody uploads, ``decree30``
builds one in the layout of Decree 30/2020; ``pdf`` renders slips with typst, ``qr`` draws their QR code.
"""
