"""Attachments: what people hand in as files, kept once under their own fingerprint, below a folder of the installation.

Statute art. 8-9. A *stored file* is known by its SHA-256 and lies under `files/`; what it belongs to is said by higher
floors, whose tables refer to it. An *upload* is a file on its way: it arrives in pieces, goes on after the network was
cut, and lies under `uploads/` until it is whole. A file is taken for what its content is (PDF, PNG, JPEG), never for
what its name says; a process of its own reads it, takes away where and with what a picture was made, and refuses what
acts by itself. Nothing that was acknowledged is lost when the disk is full; what nobody refers to is collected later.
"""
