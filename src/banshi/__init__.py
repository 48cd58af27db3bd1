"""banshi 办事: policy documents as versioned data, the checks they imply, and the guides people read."""

__version__ = "0.1.0"
