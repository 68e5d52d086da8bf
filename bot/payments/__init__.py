"""What is due and how it is paid: payment platform, VietQR."""
