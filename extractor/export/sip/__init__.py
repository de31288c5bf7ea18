"""A submission package (SIP) for an archive: E-ARK CSIP folders with METS, EAD and PREMIS.

Source: Thông tư 05/2025/TT-BNV (document fields, codes, file names); E-ARK CSIP and SIP 2.x (folders, METS profile).
"""

from extractor.export.sip.fields import Archive, document_fields
from extractor.export.sip.package import write_sip

__all__ = ["Archive", "document_fields", "write_sip"]
