// While clusters are being found there is nothing to read: the page looks again by itself.
if (document.getElementById("finding")) setTimeout(() => location.reload(), 2000);
